// Lists of work: j and k move, x selects, Enter opens; on a wide screen beside the list.
"use strict";

(function () {
  var wide = matchMedia("(min-width: 87.5rem)");
  var frame = document.querySelector(".frame");
  var panel = null;
  var asked = "";

  function links() {
    return Array.from(document.querySelectorAll("main tbody th .work > a"));
  }

  function rowOf(element) {
    return element && element.closest("main tbody tr");
  }

  function here() {
    var row = rowOf(document.activeElement);
    return links().findIndex(function (link) { return row && row.contains(link); });
  }

  function move(step) {
    var all = links();
    if (all.length === 0) { return; }
    var to = all[Math.max(0, Math.min(all.length - 1, here() + step))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
    if (panel) { open(to); }
  }

  function select() {
    var row = rowOf(document.activeElement);
    var box = row && row.querySelector("input[type=checkbox]");
    if (box) { box.click(); }
  }

  function count() {
    var output = document.querySelector("#selection output");
    if (!output) { return; }
    var ticked = document.querySelectorAll("main tbody input[name=id]:checked").length;
    output.hidden = ticked === 0;
    output.textContent = ticked + " selected";
  }

  document.addEventListener("change", count);

  // ---- The panel shows the part of a session's page that its list has no room for

  function close() {
    if (!panel) { return; }
    panel.remove();
    panel = null;
    asked = "";
    frame.classList.remove("paneled");
  }

  function header(link) {
    var head = document.createElement("h2");
    var title = document.createElement("a");
    title.href = link.href;
    title.textContent = link.textContent;
    head.append(title);
    return head;
  }

  function show(link, about) {
    if (!panel) {
      panel = document.createElement("aside");
      panel.id = "panel";
      panel.setAttribute("aria-label", "Session");
      frame.append(panel);
      frame.classList.add("paneled");
    }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Close";
    button.addEventListener("click", close);
    about.querySelectorAll("h1").forEach(function (each) { each.replaceWith(header(link)); });
    about.removeAttribute("id");
    panel.replaceChildren(button, about);
  }

  function open(link) {
    asked = link.href;
    fetch(link.href)
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        if (asked !== link.href) { return; }
        var about = new DOMParser().parseFromString(text, "text/html").getElementById("about");
        if (about) { show(link, document.adoptNode(about)); } else { location.href = link.href; }
      })
      .catch(function () { location.href = link.href; });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("main tbody th .work > a");
    var plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && wide.matches) {
      event.preventDefault();
      open(link);
    }
  });

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "j") { move(1); }
    if (event.key === "k") { move(-1); }
    if (event.key === "x") { select(); }
    if (event.key === "Escape") { close(); }
  });
})();
