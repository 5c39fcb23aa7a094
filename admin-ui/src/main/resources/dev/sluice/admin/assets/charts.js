// Shows the time and the values under the pointer, in all charts at once.
"use strict";

(function () {
  var under = null; // the pointer's place on the time axis, 0 to 1

  function utc(at) { return at.toISOString().slice(11, 19) + " UTC"; }

  function moment(ms) {
    var at = new Date(ms);
    return at.getTimezoneOffset() === 0
      ? utc(at) : utc(at) + " · " + at.toLocaleTimeString("en-GB") + " local";
  }

  function nearest(times, ms) {
    var best = 0;
    times.forEach(function (at, i) {
      if (Math.abs(at - ms) < Math.abs(times[best] - ms)) { best = i; }
    });
    return best;
  }

  function show(chart) {
    var points = JSON.parse(chart.dataset.points);
    var length = points.to - points.from;
    var at = under === null || !points.at.length
      ? null : nearest(points.at, points.from + under * length);
    chart.querySelectorAll(".legend strong").forEach(function (value, line) {
      value.textContent = at === null ? points.latest[line] : points.values[line][at];
    });
    chart.querySelector(".when").textContent = at === null ? "" : moment(points.at[at]);
    chart.querySelector(".cursor").setAttribute("d",
      at === null ? "" : "M" + (points.at[at] - points.from) / length * 900 + " 0V100");
  }

  function showAll() { document.querySelectorAll(".chart").forEach(show); }

  function moved(event) {
    var field = event.target.closest(".chart .field");
    if (!field && under === null) { return; }
    var edges = field && field.getBoundingClientRect();
    under = field && (event.clientX - edges.left) / edges.width;
    showAll();
  }

  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerdown", moved);
  document.addEventListener("htmx:afterSettle", function () { if (under !== null) { showAll(); } });
})();
