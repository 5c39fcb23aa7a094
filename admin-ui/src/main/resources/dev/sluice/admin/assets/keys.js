// Keyboard: "/" and Ctrl-K find, "?" opens help as a dialog.
"use strict";

(function () {
  function search() {
    var field = document.getElementById("search");
    if (!field) { return; }
    field.focus();
    field.select();
  }

  function dialog(content) {
    var box = document.createElement("dialog");
    box.setAttribute("aria-label", "Help");
    var form = document.createElement("form");
    form.method = "dialog";
    var close = document.createElement("button");
    close.className = "button";
    close.textContent = "Close";
    form.append(close);
    box.append(form, content);
    box.addEventListener("close", function () { box.remove(); });
    document.body.append(box);
    box.showModal();
    close.focus();
  }

  function help() {
    var page = document.querySelector('.side a[href^="/admin/help"]');
    if (!page || document.querySelector("dialog, main #help")) { return; }
    fetch(page.href)
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var content = new DOMParser().parseFromString(text, "text/html").getElementById("help");
        if (content) { dialog(document.adoptNode(content)); } else { location.href = page.href; }
      })
      .catch(function () { location.href = page.href; });
  }

  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      search();
      return;
    }
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "/") {
      event.preventDefault();
      search();
    } else if (event.key === "?") {
      event.preventDefault();
      help();
    }
  });
})();
