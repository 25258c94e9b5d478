/* Bàn làm việc bằng bàn phím: "/" tìm, "j" "k" dòng, "Enter" mở, "?" phím tắt; máy quét gõ ở đâu cũng mở hồ sơ.
   Everything here only shortens what links and forms do without it. */
(function () {
  "use strict";
  var CODE = /[A-Y][0-9]{2}(?:\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,}/i;
  var PAUSE = 300, FAST = 60, SWIFT = 40; // ms: a pause begins anew; nobody types at FAST a key on average as a scanner does
  var find = document.querySelector("[data-find]");
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
  var at = -1, read = "", last = 0, first = 0, swift = 0, early = null;

  // The box that asks for the focus has it before the first key: a busy browser gives it only when it next paints.
  var eager = document.querySelector("[autofocus]");
  if (eager && document.activeElement === document.body) { eager.focus(); }

  function typing(target) {
    return target && target.closest && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  }
  function choose(n) {
    if (!rows.length) { return; }
    if (at >= 0) { rows[at].classList.remove("here"); }
    at = Math.max(0, Math.min(rows.length - 1, n));
    rows[at].classList.add("here");
    var link = rows[at].querySelector("[data-open]");
    if (link) { link.focus({ preventScroll: true }); }
    rows[at].scrollIntoView({ block: "nearest" });
  }
  function scanned(text) {
    var codes = document.querySelector("[data-codes]");
    if (codes) { // where codes are gathered, a scan adds a line
      var found = text.match(CODE);
      codes.value = (codes.value.trim() + "\n" + (found ? found[0].toUpperCase() : text)).trim() + "\n";
      return;
    }
    if (find) { find.elements.q.value = text; find.requestSubmit ? find.requestSubmit() : find.submit(); }
  }
  // A scanner types fast and ends with Enter, whatever has the focus: what it typed into a box is taken out again.
  document.addEventListener("keydown", function (event) {
    var now = event.timeStamp, box = typing(event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (now - last > PAUSE || !read) { read = ""; first = now; early = box ? { box: box, value: box.value } : null; }
    swift = now - last < SWIFT && !event.repeat ? swift + 1 : 0;
    last = now;
    if (event.key === "Enter") {
      if (read.length > 12 && now - first < FAST * read.length && CODE.test(read) && !(box && box.form === find) && !(box && box.hasAttribute("data-codes"))) {
        event.preventDefault();
        event.stopPropagation();
        if (early && early.box.value !== undefined) { early.box.value = early.value; }
        scanned(read);
      }
      read = "";
    } else if (event.key.length === 1) {
      read += event.key;
    }
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented) { return; }
    if (event.key === "Enter" && event.ctrlKey) {
      var mains = document.querySelectorAll("form[data-main]"), own = event.target.closest("form[data-main]");
      var main = own || (mains.length === 1 ? mains[0] : null);
      if (main) { event.preventDefault(); main.requestSubmit ? main.requestSubmit(main.querySelector("[data-submit]")) : main.submit(); }
      return;
    }
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || now_fast()) { return; }
    if (event.key === "/") { event.preventDefault(); if (find) { find.elements.q.focus(); find.elements.q.select(); } }
    else if (event.key === "j") { choose(at + 1); }
    else if (event.key === "k") { choose(at - 1); }
    else if (event.key === "x" && at >= 0) { var box = rows[at].querySelector("input[type=checkbox]"); if (box) { box.checked = !box.checked; count(); } }
    else if (event.key === "?") { help(); }
    else if (event.key === "b" && bar && bar.classList.contains("chosen")) { bar.requestSubmit(bar.querySelector("button")); }
    else if (event.key === "n") { go("[data-new]"); }
    else if (event.key === "g") { go("[data-list]"); }
  });
  function now_fast() { return swift > 2; } // in the midst of a scan
  function go(what) { var link = document.querySelector(what); if (link) { link.click(); } }

  // The help sheet: the page of keys, in a dialog.
  var sheet = document.getElementById("phim-tat");
  function help() { if (sheet && sheet.showModal && !sheet.open) { sheet.showModal(); } }
  document.querySelectorAll("[data-help]").forEach(function (link) {
    link.addEventListener("click", function (event) { if (sheet && sheet.showModal) { event.preventDefault(); help(); } });
  });

  // How many rows are chosen.
  var bar = document.querySelector("[data-bar]");
  function count() {
    if (!bar) { return; }
    var n = document.querySelectorAll("[data-row] input[type=checkbox]:checked").length;
    bar.querySelector("[data-count]").textContent = n;
    bar.classList.toggle("chosen", n > 0);
  }
  if (bar) {
    document.addEventListener("change", function (event) {
      if (event.target.hasAttribute("data-all")) {
        document.querySelectorAll("[data-row] input[type=checkbox]").forEach(function (box) { box.checked = event.target.checked; });
      }
      count();
    });
    count();
  }
  // Printing by a button.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  // A form that was sent is not sent twice by an impatient key.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post" || event.defaultPrevented) { return; }
    if (event.target.hasAttribute("data-sent")) { event.preventDefault(); return; }
    event.target.setAttribute("data-sent", "");
    window.addEventListener("pageshow", function () { event.target.removeAttribute("data-sent"); });
  });
  // What stands beside a form, asked for again a moment after the last key. By POST: nothing of a caller goes into an address.
  var asking = document.querySelector("[data-beside]"), beside = document.getElementById("ben-canh");
  if (asking && beside && window.fetch) {
    var later = null, turn = 0;
    var look = function () {
      var mine = ++turn;
      fetch(asking.getAttribute("data-beside"), { method: "POST", body: new FormData(asking), credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : null; }).then(function (text) {
        if (text === null || mine !== turn) { return; }
        var held = document.activeElement && beside.contains(document.activeElement) ? document.activeElement.id : "";
        beside.innerHTML = text;
        if (held && document.getElementById(held)) { document.getElementById(held).focus(); }
      }).catch(function () {});
    };
    document.addEventListener("input", function (event) {
      if (event.target.form !== asking) { return; }
      clearTimeout(later);
      later = setTimeout(look, 350);
    });
  }
  // Search as one types: the found list is a part of the page, fetched again a moment after the last key.
  var live = document.querySelector("[data-live]");
  if (live && window.fetch) {
    var wait = null, round = 0, pending = false, asked = false; // asked: Enter came before the answer
    var links = function () { return Array.prototype.slice.call(document.querySelectorAll("[data-found] a")); };
    live.addEventListener("input", function () {
      clearTimeout(wait);
      pending = true;
      wait = setTimeout(function () {
        var mine = ++round, address = live.getAttribute("data-live") + "?" + new URLSearchParams(new FormData(live.form));
        fetch(address, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
          if (mine !== round) { return; }
          document.querySelector("[data-found]").innerHTML = text;
          pending = false;
          if (asked && links().length) { links()[0].click(); }
          asked = false;
        }).catch(function () { pending = false; });
      }, 140);
    });
    document.addEventListener("keydown", function (event) {
      var found = links(), n = found.indexOf(document.activeElement);
      if (document.activeElement !== live && n < 0) { return; }
      if (event.key === "Enter" && n < 0 && live.value.trim() && !event.defaultPrevented && (pending || found.length)) {
        event.preventDefault();
        if (pending) { asked = true; } else { found[0].click(); }
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !pending) {
        event.preventDefault();
        n += event.key === "ArrowDown" ? 1 : -1;
        (n < 0 ? live : found[Math.min(n, found.length - 1)] || live).focus();
      }
    });
  }
})();
