// Keeps a part of a page that cannot be reloaded up to date with the page that shows it.
"use strict";

(function () {
  var PAUSE_MS = 2000;

  // Without ages, which count on by themselves.
  function said(part) {
    var copy = part.cloneNode(true);
    copy.querySelectorAll("time").forEach(function (each) { each.replaceWith(each.dateTime); });
    return copy.innerHTML;
  }

  function update(part) {
    return fetch(part.dataset.follow)
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
        if (fresh && said(fresh) !== said(part)) { part.innerHTML = fresh.innerHTML; }
      })
      .catch(function () {});
  }

  function again(part) {
    var done = document.hidden ? Promise.resolve() : update(part);
    done.then(function () { setTimeout(again, PAUSE_MS, part); });
  }

  document.querySelectorAll("[data-follow]").forEach(again);
})();
