// Counts the findings that nobody has in hand in title and icon, and notifies of new ones on request.
"use strict";

(function () {
  var PEEK_S = 30;
  var ASKED = "sluice-notify";
  var TOLD = "sluice-notified";
  var events = document.body.dataset.events;
  var icon = document.querySelector('link[rel="icon"]');
  if (!events || !icon) { return; }
  var title = document.title;
  var plain = icon.href;
  var peeked = Date.now();

  function stored(name) {
    try { return localStorage.getItem(name); } catch (e) { return null; }
  }

  function store(name, value) {
    try { localStorage.setItem(name, value); } catch (e) { /* a browser that keeps nothing */ }
  }

  function asked() {
    return window.Notification && Notification.permission === "granted" && stored(ASKED) === "yes";
  }

  // Content that is fetched again lacks the button.
  function showButton() {
    var place = document.getElementById("notify");
    if (!place || !window.Notification || Notification.permission === "denied") { return; }
    var button = place.firstElementChild || document.createElement("button");
    var words = asked() ? "Stop notifications" : "Notify me here";
    button.type = "button";
    button.className = "button";
    if (button.textContent !== words) { button.textContent = words; }
    if (!button.parentNode) { place.append(button); }
  }

  function show(fleet) {
    var many = fleet.alerts > 99 ? "99+" : fleet.alerts;
    document.title = fleet.alerts ? "(" + many + ") " + title : title;
    var wanted = fleet.alerts ? plain.replace("icon.svg", "icon-alert.svg") : plain;
    if (icon.href !== wanted) { icon.href = wanted; }
    notify(fleet.latest);
    showButton();
  }

  // All tabs of the browser show one notification.
  function notify(latest) {
    if (!latest || !asked() || latest.at <= Number(stored(TOLD))) { return; }
    store(TOLD, String(latest.at));
    var shown = new Notification("Sluice", { body: latest.words, tag: latest.key });
    shown.onclick = function () {
      window.focus();
      shown.close();
    };
  }

  function turn() {
    if (asked()) {
      store(ASKED, "no");
      showButton();
      return;
    }
    Notification.requestPermission().then(function (answer) {
      if (answer === "granted") {
        store(ASKED, "yes");
        store(TOLD, String(Date.now()));
      }
      showButton();
    });
  }

  // A hidden tab has no stream.
  function peek() {
    var address = new URL(events, location.href);
    address.searchParams.set("once", "1");
    fetch(address).then(function (answer) {
      if (answer.ok) { answer.json().then(show); }
    }).catch(function () { /* the next one may do */ });
  }

  setInterval(function () {
    // Browsers slow the timers of hidden tabs down.
    if (document.hidden && Date.now() - peeked >= PEEK_S * 1000) {
      peeked = Date.now();
      peek();
    }
  }, 1000);
  document.addEventListener("sluice:fleet", function (event) { show(event.detail); });
  document.addEventListener("sluice:shown", showButton);
  document.addEventListener("click", function (event) {
    if (event.target.closest("#notify button")) { turn(); }
  });
  showButton();
})();
