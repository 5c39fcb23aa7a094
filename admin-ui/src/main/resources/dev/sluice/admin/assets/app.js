// Adds buttons that copy ids.
"use strict";

(function () {
  function copy(button) {
    return navigator.clipboard.writeText(button.dataset.copy).then(function () {
      button.classList.add("copied");
      setTimeout(function () { button.classList.remove("copied"); }, 1500);
    });
  }

  // Browsers offer a clipboard to https and localhost only.
  if (navigator.clipboard) {
    document.documentElement.classList.add("copies");
    document.addEventListener("click", function (event) {
      var button = event.target.closest("button.copy");
      if (button) { copy(button); }
    });
  }
})();
