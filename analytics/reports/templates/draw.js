/* Draws each picture once for the width that it has, and again only when a phone's drawing no longer fits. */
(function () {
  "use strict";
  var narrow = window.matchMedia("screen and (max-width: 719px)");

  function draw(box) {
    var both = JSON.parse(box.querySelector("script").textContent);
    var drawing = narrow.matches ? both.narrow : both.wide;
    var canvas = box.querySelector(".canvas") || box.appendChild(document.createElement("div"));
    canvas.className = "canvas";
    return Plotly.newPlot(canvas, drawing.data, drawing.layout, { staticPlot: true }).then(function () {
      box.querySelectorAll(".main-svg").forEach(function (picture) {
        picture.setAttribute("viewBox", "0 0 " + drawing.layout.width + " " + drawing.layout.height);
      });
    });
  }

  function drawAll() {
    var width = narrow.matches ? "narrow" : "wide";
    return Promise.all(Array.prototype.map.call(document.querySelectorAll(".chart"), draw)).then(function () {
      document.documentElement.dataset.drawn = width;
    });
  }

  Promise.all([document.fonts.load("400 13px Inter"), document.fonts.load("700 13px Inter")]).then(drawAll, drawAll);
  narrow.addEventListener("change", function () { if (!window.matchMedia("print").matches) { drawAll(); } });
})();
