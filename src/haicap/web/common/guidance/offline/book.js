"use strict";
(function () {
  // Search inside the file: words without marks, each must occur. Without this script the whole book is there to read.
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  }
  var box = document.getElementById("tim-o"), field = document.getElementById("tim"), told = document.getElementById("tim-thay");
  var pieces = Array.prototype.map.call(document.querySelectorAll("section[data-piece]"), function (section) {
    return { section: section, entry: document.querySelector('nav li[data-for="' + section.id + '"]'), text: fold(section.textContent) };
  });
  box.hidden = false;
  field.addEventListener("input", function () {
    var words = fold(field.value).split(/[^a-z0-9]+/).filter(Boolean), found = 0;
    pieces.forEach(function (piece) {
      var has = words.every(function (word) { return piece.text.indexOf(word) >= 0; });
      piece.section.hidden = !has;
      if (piece.entry) { piece.entry.hidden = !has; }
      found += has ? 1 : 0;
    });
    told.textContent = words.length ? found + " / " + pieces.length : "";
  });
}());
