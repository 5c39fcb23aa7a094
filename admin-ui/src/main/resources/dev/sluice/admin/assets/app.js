// Every page works without this. It adds: copying ids, and "/" to reach the search.
"use strict";

(function () {
  function copy(button) {
    return navigator.clipboard.writeText(button.dataset.copy).then(function () {
      button.classList.add("copied");
      setTimeout(function () { button.classList.remove("copied"); }, 1500);
    });
  }

  // Browsers offer a clipboard to pages of https and of this machine alone.
  if (navigator.clipboard) {
    document.querySelectorAll("button.copy").forEach(function (button) { button.hidden = false; });
    document.addEventListener("click", function (event) {
      var button = event.target.closest("button.copy");
      if (button) { copy(button); }
    });
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    var search = document.getElementById("search");
    if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
  });
})();
