// Keeps an open page up to date: ages count on. When the fleet changes, what has changed in the page is
// fetched and applied in place, unless the visitor is busy with the content.
"use strict";

(function () {
  var STALE_MS = 10000;
  var POLL_S = 5;
  var AGAIN_S = 60;
  var here = location.pathname + location.search;
  var events = document.body.dataset.events;
  var main = document.getElementById("main");

  function age() { return document.getElementById("age"); }

  function make(name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }

  // ---- Time, by the server's clock

  var ahead = 0;

  function setClock() {
    if (age()) { ahead = Number(age().dataset.now) - Date.now(); }
  }

  function two(large, unit, small, smaller) {
    return large + " " + unit + (small ? " " + small + " " + smaller : "");
  }

  // As view/Formats.java writes it.
  function span(ms) {
    var s = Math.floor(ms / 1000), min = Math.floor(s / 60), h = Math.floor(min / 60);
    if (min < 1) { return s + " s"; }
    if (h < 1) { return min + " min"; }
    return h < 24 ? two(h, "h", min % 60, "min") : two(Math.floor(h / 24), "d", h % 24, "h");
  }

  function relative(ms, now) {
    if (Math.abs(now - ms) < 1000) { return "now"; }
    return ms < now ? span(now - ms) + " ago" : "in " + span(ms - now);
  }

  function setText(element, text) {
    if (element.textContent !== text) { element.textContent = text; }
  }

  function setAges(content) {
    var now = Date.now() + ahead;
    content.querySelectorAll("time[datetime]").forEach(function (time) {
      setText(time, relative(Date.parse(time.dateTime), now));
    });
  }

  function count() {
    setAges(document);
    var taken = age() && age().querySelector("time");
    if (taken) {
      var stale = Date.now() + ahead - Date.parse(taken.dateTime) > STALE_MS;
      setText(age().querySelector(".stale"), stale ? "stale, " : "");
      age().classList.toggle("old", stale || Boolean(document.querySelector("#bar > .notice.fail")));
    }
  }

  // ---- Changes in place: focus, scroll and open details stay

  function keyOf(node) {
    if (node.nodeType !== 1) { return null; }
    if (node.id) { return "#" + node.id; }
    var head = node.localName === "tr" && node.querySelector('th[scope="row"]');
    return head ? head.textContent : null;
  }

  function copyAttributes(from, to) {
    Array.from(to.attributes).forEach(function (each) {
      if (from.getAttribute(each.name) !== each.value) { from.setAttribute(each.name, each.value); }
    });
    Array.from(from.attributes).forEach(function (each) {
      var mine = each.name === "open" && from.localName === "details";
      if (!to.hasAttribute(each.name) && !mine) { from.removeAttribute(each.name); }
    });
  }

  function fits(node, wanted) {
    return node.nodeType === wanted.nodeType && node.nodeName === wanted.nodeName;
  }

  function copyChildren(from, to) {
    var known = new Map();
    Array.from(from.childNodes).forEach(function (child) {
      var key = keyOf(child);
      if (key && !known.has(key)) { known.set(key, child); }
    });
    var at = from.firstChild;
    Array.from(to.childNodes).forEach(function (wanted) {
      var key = keyOf(wanted);
      var there = key ? known.get(key) : at;
      while (!key && there && (keyOf(there) || !fits(there, wanted))) { there = there.nextSibling; }
      known.delete(key);
      if (!there || !fits(there, wanted)) {
        from.insertBefore(document.importNode(wanted, true), at);
      } else {
        if (there === at) { at = at.nextSibling; } else { from.insertBefore(there, at); }
        turn(there, wanted);
      }
    });
    while (at) {
      var next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  // Makes one node equal to another.
  function turn(from, to) {
    if (from.nodeType !== 1) {
      if (from.data !== to.data) { from.data = to.data; }
    } else if (!from.hasAttribute("data-own") && !from.isEqualNode(to)) { // or a script fills it
      copyAttributes(from, to);
      copyChildren(from, to);
    }
  }

  // ---- Changes wait while the visitor is busy with the content

  function filled(field) {
    if (field.type === "hidden") { return false; }
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked !== field.defaultChecked;
    }
    if (field.options) {
      return Array.from(field.options).some(function (each) {
        return each.selected !== each.defaultSelected;
      });
    }
    return field.value !== field.defaultValue;
  }

  function focused() {
    var active = document.activeElement;
    return active !== main && main.contains(active)
      && (active.matches("input, textarea, select") || active.matches(":focus-visible"));
  }

  function selected() {
    var selection = getSelection();
    return !selection.isCollapsed && main.contains(selection.anchorNode);
  }

  function busy() {
    return Boolean(main.querySelector("table:hover, details[open]")) || focused() || selected()
      || Array.from(main.querySelectorAll("input, textarea, select")).some(filled);
  }

  // The content without ages and open details.
  function said(content) {
    var copy = content.cloneNode(true);
    copy.querySelectorAll("details").forEach(function (each) { each.open = false; });
    copy.querySelectorAll("time").forEach(function (each) { each.textContent = ""; });
    return copy.innerHTML;
  }

  // ---- Updates; a page without a stream's address only counts ages

  var waiting = 0;
  var shown = said(main);
  var latest = shown;
  var held = null;
  var force = false;
  var asked = "";
  var pending = make("button", { type: "button", class: "pending", hidden: "" });
  var speaker = make("p", { class: "hidden", role: "status" });
  var asker = make("div", {
    hidden: "", "hx-get": here, "hx-trigger": "again", "hx-target": "#main", "hx-select": "#main",
    "hx-swap": "keep", "hx-select-oob": "#age:keep,#bar:keep,#side:keep,#menu:keep"
  });

  function again() { htmx.trigger(asker, "again"); }

  // Charts change with time, and show this node's data while the store is away.
  function drawn(content) { return Boolean(content.querySelector(".charts")); }

  function showWaiting() {
    pending.hidden = waiting === 0;
    setText(pending, waiting === 1 ? "1 change waiting" : waiting + " changes waiting");
  }

  function verdict() {
    var sentence = document.querySelector(".verdict p");
    return sentence ? sentence.textContent.trim() : "";
  }

  function swap(target, fragment) {
    var wanted = fragment.firstElementChild;
    if (!wanted) { return; }
    var before = verdict();
    setAges(wanted);
    turn(target, wanted);
    document.dispatchEvent(new Event("sluice:shown"));
    if (target === age()) { setClock(); }
    count();
    if (target === main && verdict() !== before) { setText(speaker, verdict()); }
  }

  // The text of the page, as LivePages.java and PagePatch.java describe it.
  var pieces = [];
  var name = "";

  function textOf(xhr) {
    var text = xhr.responseText;
    if (/json/.test(xhr.getResponseHeader("Content-Type"))) {
      text = JSON.parse(text).parts.map(function (part) {
        return typeof part === "string" ? part : pieces.slice(part[0], part[1]).join("");
      }).join("");
    }
    pieces = text.split(/(?=<)/);
    name = xhr.getResponseHeader("Sluice-Page") || "";
    return text;
  }

  // Names the text that the page has. Without a stream the age must come with the page.
  function asks(event) {
    if (tap) { event.detail.headers["Sluice-Page"] = name; }
  }

  // The text is the one before, but for the age of the page.
  function unchanged() {
    age().dataset.mark = asked;
    if (waiting > 0 && force) {
      swap(main, { firstElementChild: held });
      shown = latest;
      waiting = 0;
      showWaiting();
    }
    force = false;
  }

  function signedOut() {
    leave();
    events = null;
    var link = make("a", { class: "pending", href: "/admin/login?then=" + encodeURIComponent(here) });
    link.textContent = "Logged out: log in again";
    pending.replaceWith(link);
  }

  // Shows, holds or drops a fetched page.
  function answered(event) {
    var detail = event.detail;
    if (detail.requestConfig.elt !== asker) { return; }
    var where = new URL(detail.xhr.responseURL);
    if (where.pathname !== location.pathname) {
      detail.shouldSwap = false;
      if (where.pathname === "/admin/login") { signedOut(); } else { location.href = where.href; }
      return;
    }
    if (!detail.xhr.responseText) {
      detail.shouldSwap = false;
      unchanged();
      return;
    }
    detail.serverResponse = textOf(detail.xhr);
    var page = new DOMParser().parseFromString(detail.serverResponse, "text/html");
    var content = page.getElementById("main");
    detail.shouldSwap = Boolean(content);
    detail.isError = false;
    if (!content) { return; }
    var words = said(content);
    var same = words === shown;
    var status = detail.xhr.status;
    var away = status === 429 || status >= 500 && !drawn(content); // keep the last content
    var wait = !same && !away && busy() && !force;
    if (same || away || wait) { detail.swapOverride = "none"; }
    held = wait ? content : null;
    waiting = wait ? waiting + (words === latest ? 0 : 1) : 0;
    if (!detail.swapOverride) { shown = words; }
    latest = words;
    force = false;
    showWaiting();
  }

  // ---- The stream, and polling without it

  var tap = null;
  var failures = 0;
  var seconds = 0;

  function join() {
    if (tap || !events || document.hidden || !window.EventSource) { return; }
    tap = make("div", { hidden: "", "sse-connect": events, "sse-swap": "fleet", "hx-swap": "none" });
    document.body.append(tap);
    htmx.process(tap);
  }

  function leave() {
    if (tap) { htmx.remove(tap); }
    tap = null;
  }

  function heard(event) {
    event.preventDefault(); // the event is a signal, not content
    var fleet = JSON.parse(event.detail.data);
    ahead = fleet.now - Date.now();
    document.dispatchEvent(new CustomEvent("sluice:fleet", { detail: fleet }));
    var taken = age().querySelector("time");
    if (taken && fleet.taken) {
      taken.dateTime = new Date(fleet.taken).toISOString();
      taken.title = taken.dateTime.replace("T", " ").replace(/\.\d+Z$/, " UTC");
    }
    count();
    if (fleet.mark !== age().dataset.mark || drawn(main)) {
      asked = fleet.mark;
      again();
    }
  }

  function failed() {
    failures++;
    if (failures >= 3) {
      leave();
      seconds = 0;
    }
  }

  function everySecond() {
    if (document.hidden) { return; }
    count();
    if (!events) { return; }
    seconds++;
    if (!tap && seconds % POLL_S === 0) { again(); }
    if (!tap && seconds % AGAIN_S === 0) { failures = 0; join(); }
    if (waiting > 0 && !busy()) {
      force = true;
      again();
    }
  }

  function turned() {
    if (document.hidden) {
      leave();
    } else {
      count();
      failures = 0;
      join();
      if (events) { again(); }
    }
  }

  setClock();
  setInterval(everySecond, 1000);
  if (!events) { return; }

  htmx.defineExtension("keep", {
    isInlineSwap: function (style) { return style === "keep"; },
    handleSwap: function (style, target, fragment) {
      if (style !== "keep") { return false; }
      swap(target, fragment);
      return [];
    }
  });
  age().after(pending);
  document.body.append(speaker, asker);
  pending.addEventListener("click", function () { force = true; again(); });
  document.addEventListener("htmx:configRequest", asks);
  document.addEventListener("htmx:beforeSwap", answered);
  document.addEventListener("htmx:sseBeforeMessage", heard);
  document.addEventListener("htmx:sseOpen", function () { failures = 0; });
  document.addEventListener("htmx:sseError", failed);
  document.addEventListener("visibilitychange", turned);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { turned(); } });
  document.addEventListener("DOMContentLoaded", join);
})();
