// Adds buttons that copy ids, shows the current tab, and gives times in forms the browser's zone and a picker.
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

  // On a phone tabs are one line that scrolls.
  document.querySelectorAll(".tabs [aria-current]").forEach(function (tab) {
    var row = tab.closest("ul");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });

  function localize(box, zone) {
    var text = box.querySelector("input[type=text]");
    var note = document.getElementById(text.id + "-note").querySelector(".zone");
    var picker = document.createElement("input");
    picker.type = "datetime-local";
    picker.setAttribute("aria-label", "Pick a date and time");
    picker.addEventListener("change", function () { text.value = picker.value.replace("T", " "); });
    box.append(picker);
    box.querySelector("input[type=hidden]").value = zone;
    note.textContent = "Times are yours, " + zone + ".";
  }

  var zone = window.Intl && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    document.querySelectorAll("[data-time]").forEach(function (box) { localize(box, zone); });
  }
})();
