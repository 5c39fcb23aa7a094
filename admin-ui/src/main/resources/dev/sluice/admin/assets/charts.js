// Draws the page's charts with uPlot, with values under the pointer, and keeps them up to date while
// the page is seen. Without it, or without uPlot, the drawings of the server stay.
"use strict";

(function () {
  var EVERY_MS = 5000;
  var page = document.querySelector("section[data-source]");
  if (!page || !window.uPlot || !window.fetch || !window.ResizeObserver) { return; }

  var charts = Array.prototype.map.call(page.querySelectorAll(".chart"), function (figure) {
    return {
      name: figure.dataset.chart,
      unit: figure.dataset.unit,
      plot: figure.querySelector(".plot"),
      axis: figure.querySelector(".axis"),
      values: figure.querySelectorAll(".legend strong"),
      keys: figure.querySelectorAll(".legend .line"),
      seen: null,
      drawing: null
    };
  });
  var drawnAt = document.getElementById("drawn-at");
  var edges = [0, 0];
  var timer = 0;
  var loading = false;

  // Words

  function two(n) { return (n < 10 ? "0" : "") + n; }

  function utc(ms) { return new Date(ms).toISOString().slice(11, 19) + " UTC"; }

  function moment(ms) {
    var at = new Date(ms);
    if (at.getTimezoneOffset() === 0) { return utc(ms); }
    var local = two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds());
    return utc(ms) + " · " + local + " local";
  }

  function number(value, digits) {
    return value.toLocaleString("en", { maximumFractionDigits: digits });
  }

  function time(ms) {
    if (ms > 0 && ms < 1000) { return Math.round(ms) + " ms"; }
    if (ms < 60000) { return number(ms / 1000, ms < 10000 ? 1 : 0) + " s"; }
    var minutes = Math.floor(ms / 60000);
    if (minutes < 60) { return minutes + " min " + Math.floor(ms / 1000) % 60 + " s"; }
    return Math.floor(minutes / 60) + " h " + minutes % 60 + " min";
  }

  function words(unit, value) {
    return unit === "time" ? time(value) : number(value, unit === "rate" && value < 10 ? 2 : 0);
  }

  // The legend shows what is under the pointer and the line above the chart of when that is; else the
  // legend shows the latest values.

  function tell(chart, index) {
    var under = index !== null && index !== undefined;
    chart.seen.lines.forEach(function (line, i) {
      var value = under ? line.values[index] : null;
      var text = under ? (value === null ? "–" : words(chart.unit, value)) : line.latest;
      if (chart.values[i].textContent !== text) { chart.values[i].textContent = text; }
    });
    chart.when.textContent = under ? moment(chart.seen.at[index]) : "";
  }

  // Drawing

  function stroke(element) { return getComputedStyle(element).stroke; }

  function dash(element) {
    var lengths = getComputedStyle(element).strokeDasharray;
    return lengths === "none" ? undefined : lengths.split(/[ ,]+/).map(parseFloat);
  }

  // What stands between two gaps would be no line; it is drawn as a point.
  function lone(u, series) {
    var values = u.data[series];
    var found = [];
    for (var i = 0; i < values.length; i++) {
      var before = i > 0 ? values[i - 1] : null;
      var after = i + 1 < values.length ? values[i + 1] : null;
      if (values[i] !== null && before === null && after === null) { found.push(i); }
    }
    return found;
  }

  function line(key) {
    var colour = stroke(key);
    return {
      stroke: colour,
      width: 1.75,
      dash: dash(key),
      points: { show: true, size: 4, fill: colour, filter: lone }
    };
  }

  function options(chart) {
    var ink = getComputedStyle(chart.axis);
    var font = ink.fontSize + " " + ink.fontFamily;
    var rule = { stroke: stroke(chart.plot.querySelector(".rule")), width: 1 };
    var narrow = chart.plot.clientWidth < 420;
    return {
      width: chart.plot.clientWidth,
      height: chart.height,
      ms: 1,
      tzDate: function (ms) { return uPlot.tzDate(new Date(ms), "Etc/UTC"); },
      padding: [6, 6, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: "charts" }, points: { size: 7 } },
      scales: {
        x: { range: function () { return edges; } },
        y: { range: function () { return [0, chart.seen.top]; } }
      },
      axes: [
        {
          stroke: ink.color, font: font, grid: rule, ticks: { show: false }, size: 26, gap: 6,
          space: narrow ? 56 : 72, values: "{HH}:{mm}"
        },
        {
          stroke: ink.color, font: font, grid: rule, ticks: { show: false }, gap: 6,
          size: narrow ? 50 : 58,
          splits: function () { return [0, chart.seen.top / 2, chart.seen.top]; },
          values: function () { return chart.seen.levels; }
        }
      ],
      series: [{}].concat(Array.prototype.map.call(chart.keys, line)),
      hooks: { setCursor: [function (u) { tell(chart, u.cursor.idx); }] }
    };
  }

  function data(chart) {
    return [chart.seen.at].concat(chart.seen.lines.map(function (line) { return line.values; }));
  }

  function draw(chart) {
    if (chart.drawing) { chart.drawing.destroy(); }
    if (!chart.height) {
      chart.height = chart.plot.getBoundingClientRect().bottom
        - chart.plot.querySelector(".levels").getBoundingClientRect().top + 6;
      chart.when = chart.axis.appendChild(document.createElement("span"));
    }
    chart.plot.classList.add("drawn");
    chart.drawing = new uPlot(options(chart), data(chart), chart.plot);
  }

  function show(answer) {
    edges = [answer.from, answer.to];
    answer.charts.forEach(function (seen) {
      var chart = charts.filter(function (each) { return each.name === seen.name; })[0];
      if (!chart) { return; }
      chart.seen = seen;
      chart.plot.setAttribute("aria-label", seen.words);
      if (chart.drawing) {
        chart.drawing.setData(data(chart));
      } else {
        draw(chart);
      }
      tell(chart, chart.drawing.cursor.idx);
    });
    drawnAt.textContent = new Date(answer.to).toISOString().slice(0, 10) + " " + utc(answer.to);
  }

  function redraw() {
    charts.forEach(function (chart) { if (chart.drawing) { draw(chart); } });
  }

  // Fetching; without an answer the charts stay and end where they say they end.

  function load() {
    clearTimeout(timer);
    if (document.hidden || loading) { return; }
    loading = true;
    fetch(page.dataset.source, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (response) { return response.ok ? response.json() : Promise.reject(response); })
      .then(show)
      .catch(function () {})
      .then(function () {
        loading = false;
        timer = setTimeout(load, EVERY_MS);
      });
  }

  document.addEventListener("visibilitychange", load);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  new ResizeObserver(function () {
    charts.forEach(function (chart) {
      if (chart.drawing && chart.plot.clientWidth !== chart.drawing.width) {
        chart.drawing.setSize({ width: chart.plot.clientWidth, height: chart.height });
      }
    });
  }).observe(page);
  load();
})();
