// Counts the findings that nobody has in hand in title and icon, and notifies of new ones on request.
"use strict";

(function () {
  var PEEK_S = 30;
  var MOST_NAMED = 4;
  var ASKED = "sluice-notify";
  var MOST_TOLD = 100;
  var org = document.querySelector(".org").textContent;
  var TOLD = "sluice-notified:" + org;
  var events = document.body.dataset.events;
  var icon = document.querySelector('link[rel="icon"]');
  if (!events || !icon) { return; }
  var title = document.title;
  var plain = icon.href;
  var heard = Date.now();
  var last = null;
  var age = document.getElementById("age");
  var now = age ? Number(age.dataset.now) : Date.now(); // of the server
  var dismissed = false;
  var broken = false;

  function stored(name) {
    try { return localStorage.getItem(name); } catch (e) { return null; }
  }

  function store(name, value) {
    try { localStorage.setItem(name, value); } catch (e) { /* a browser that keeps nothing */ }
  }

  function asked() {
    return window.Notification && Notification.permission === "granted" && stored(ASKED) === "yes";
  }

  // Why there is no button; empty if there is one.
  function obstacle() {
    if (!window.isSecureContext) { return "Notifications need HTTPS."; }
    if (!window.Notification || broken) { return "This browser can't notify from a page."; }
    return Notification.permission === "denied"
      ? "This browser blocks notifications from Sluice. Allow them in its settings for this site." : "";
  }

  function hint() {
    if (asked()) { return "This browser notifies of new findings while a page of Sluice is open."; }
    return dismissed ? "The browser did not allow it. Press again, then choose Allow." : "";
  }

  function setText(element, text) {
    if (element.textContent !== text) { element.textContent = text; }
  }

  function make(name, style) {
    var element = document.createElement(name);
    element.className = style;
    return element;
  }

  // Live updates leave the place alone.
  function showState() {
    var place = document.getElementById("notify");
    if (!place) { return; }
    if (!place.firstChild) {
      place.append(make("button", "button"), " ", make("span", "quiet"));
      place.firstChild.type = "button";
      place.lastChild.setAttribute("role", "status");
    }
    var why = obstacle();
    place.firstChild.hidden = Boolean(why);
    setText(place.firstChild, asked() ? "Stop notifications" : "Notify me here");
    setText(place.lastChild, why || hint());
  }

  function show(fleet) {
    var many = fleet.alerts > 99 ? "99+" : fleet.alerts;
    fleet.news = fleet.news || (last ? last.news : []); // a stream tells them once
    heard = Date.now();
    now = fleet.now;
    last = fleet;
    document.title = fleet.alerts ? "(" + many + ") " + title : title;
    var wanted = fleet.alerts ? plain.replace("icon.svg", "icon-alert.svg") : plain;
    if (icon.href !== wanted) { icon.href = wanted; }
    tell(fleet);
    showState();
  }

  // What began before a time counts as told, and each key with its begin that was told.
  function told() {
    var kept = null;
    try { kept = JSON.parse(stored(TOLD)); } catch (e) { /* begins anew */ }
    return kept && typeof kept.from === "number" && Array.isArray(kept.keys) ? kept : { from: 0, keys: [] };
  }

  function mark(each) { return each.at + " " + each.key; }

  function remember(from, news, before) {
    var marks = news.map(mark);
    var keys = marks.concat(before.filter(function (each) { return marks.indexOf(each) < 0; }));
    store(TOLD, JSON.stringify({ from: from, keys: keys.slice(0, MOST_TOLD) }));
  }

  // The news are at most the latest ten; they and all before them are told.
  function rememberAll() {
    var news = last ? last.news : [];
    var cut = last && last.alerts > news.length;
    remember(last ? cut ? news[news.length - 1].at : 0 : now, news, told().keys);
  }

  function rest(count) { return count ? ["and " + count + " more"] : []; }

  // All tabs of the browser show one notification.
  function tell(fleet) {
    if (!asked() || !fleet.news.length) { return; }
    var before = told();
    var fresh = fleet.news.filter(function (each) {
      return each.at >= before.from && before.keys.indexOf(mark(each)) < 0;
    });
    if (!fresh.length) { return; }
    remember(before.from, fleet.news, before.keys);
    var more = fresh.length === fleet.news.length && fleet.alerts > fresh.length ? "+" : "";
    notify(
      fresh.length === 1 ? "Sluice" : "Sluice: " + fresh.length + more + " new findings",
      fresh.slice(0, MOST_NAMED).map(function (each) { return each.words; })
        .concat(rest(Math.max(0, fresh.length - MOST_NAMED))).join("\n"),
      org + " " + fresh[0].key);
  }

  function notify(head, words, tag) {
    try {
      var shown = new Notification(head, { body: words, tag: tag });
      shown.onclick = function () {
        window.focus();
        shown.close();
      };
    } catch (e) { // phones know those of service workers only
      broken = true;
      store(ASKED, "no");
    }
  }

  function turn() {
    if (asked()) {
      store(ASKED, "no");
      showState();
      return;
    }
    Notification.requestPermission().then(function (answer) {
      dismissed = answer === "default";
      if (answer === "granted") {
        store(ASKED, "yes");
        rememberAll();
        notify("Sluice", "New findings are told like this.", "begin");
      }
      showState();
    });
  }

  // A hidden tab has no stream, nor one beyond the limit.
  function peek() {
    var address = new URL(events, location.href);
    address.searchParams.set("once", "1");
    fetch(address).then(function (answer) {
      if (answer.ok) { answer.json().then(show); }
    }).catch(function () { /* the next one may do */ });
  }

  setInterval(function () {
    // Browsers slow the timers of hidden tabs down.
    if (Date.now() - heard >= PEEK_S * 1000) {
      heard = Date.now();
      peek();
    }
  }, 1000);
  document.addEventListener("sluice:fleet", function (event) { show(event.detail); });
  document.addEventListener("sluice:shown", showState);
  document.addEventListener("click", function (event) {
    if (event.target.closest("#notify button")) { turn(); }
  });
  if (navigator.permissions) {
    navigator.permissions.query({ name: "notifications" }).then(function (permission) {
      permission.onchange = showState;
    }).catch(function () { /* a browser that doesn't tell */ });
  }
  showState();
})();
