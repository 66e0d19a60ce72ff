"use strict";
// Plots one can point at and zoom. Without it the page is whole: every point has its line on the
// page of points. No text is ever read as markup here: textContent only.
(function () {
  document.documentElement.classList.add("scripted");
  var STEP = 1.5, MOST = 12;

  function Plot(svg) {
    var box = svg.viewBox.baseVal;
    this.svg = svg;
    this.whole = { x: box.x, y: box.y, width: box.width, height: box.height };
    this.zoom = 1;
    this.middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  Plot.prototype.show = function () {
    var width = this.whole.width / this.zoom, height = this.whole.height / this.zoom;
    var x = Math.min(Math.max(this.middle.x - width / 2, this.whole.x), this.whole.x + this.whole.width - width);
    var y = Math.min(Math.max(this.middle.y - height / 2, this.whole.y), this.whole.y + this.whole.height - height);
    this.middle = { x: x + width / 2, y: y + height / 2 };
    this.svg.setAttribute("viewBox", [x, y, width, height].join(" "));
    this.svg.style.setProperty("--zoom", String(this.zoom));
    var first = this.days(x);
    if (this.told) { this.told(this.zoom > 1 && first ? first + " to " + this.days(x + width) : ""); }
  };
  // The month at a place along the axis of dates, from the first and the last dot.
  Plot.prototype.days = function (x) {
    var dots = this.svg.querySelectorAll("circle[data-day]"), last = dots[dots.length - 1];
    if (dots.length < 2) { return ""; }
    var days = Math.abs(Date.parse(last.dataset.day) - Date.parse(dots[0].dataset.day)) / 864e5;
    var from = Date.parse(dots[0].dataset.day), until = Date.parse(last.dataset.day);
    var low = dots[0].cx.baseVal.value, high = last.cx.baseVal.value;
    var day = from + (x - low) / (high - low) * (until - from);
    return new Date(day).toLocaleDateString("en-GB", 
      days < 200 ? { day: "numeric", month: "short", hour: "2-digit", timeZone: "UTC" }
        : { month: "short", year: "numeric", timeZone: "UTC" });
  };
  Plot.prototype.by = function (factor, at) {
    var before = this.zoom;
    this.zoom = Math.min(Math.max(before * factor, 1), MOST);
    if (at) {
      this.middle.x = at.x + (this.middle.x - at.x) * before / this.zoom;
      this.middle.y = at.y + (this.middle.y - at.y) * before / this.zoom;
    }
    this.show();
  };
  Plot.prototype.place = function (event) {
    var box = this.svg.getBoundingClientRect(), seen = this.svg.viewBox.baseVal;
    return {
      x: seen.x + (event.clientX - box.left) / box.width * seen.width,
      y: seen.y + (event.clientY - box.top) / box.height * seen.height
    };
  };

  function button(label, told, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("aria-label", told);
    made.addEventListener("click", act);
    return made;
  }

  function pointed(holder, svg, where) {
    var tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("role", "status");
    holder.appendChild(tip);
    function tell(dot) {
      var title = dot.querySelector("title");
      tip.textContent = title ? title.textContent : dot.dataset.day;
      tip.hidden = false;
      var box = dot.getBoundingClientRect(), outer = holder.getBoundingClientRect();
      var left = box.left - outer.left + 10;
      tip.style.left = Math.max(0, Math.min(left, outer.width - tip.offsetWidth)) + "px";
      tip.style.top = box.top - outer.top - 30 + "px";
    }
    var dots = Array.prototype.slice.call(svg.querySelectorAll("circle[data-day]"));
    function open(dot) { location.assign(where + "#on-" + dot.dataset.day); }
    dots.forEach(function (dot, place) {
      dot.setAttribute("tabindex", place === dots.length - 1 ? "0" : "-1");
      dot.setAttribute("role", "link");
      var title = dot.querySelector("title");
      dot.setAttribute("aria-label", title ? title.textContent : dot.dataset.day);
      dot.addEventListener("pointerenter", function () { dot.classList.add("lit"); tell(dot); });
      dot.addEventListener("pointerleave", function () { dot.classList.remove("lit"); tip.hidden = true; });
      dot.addEventListener("focus", function () { tell(dot); });
      dot.addEventListener("blur", function () { tip.hidden = true; });
      dot.addEventListener("click", function () { open(dot); });
      dot.addEventListener("keydown", function (event) {
        if (event.key === "Enter") { open(dot); return; }
        var step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        var next = step && dots[place + step];
        if (next) {
          dot.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
          event.preventDefault();
        }
      });
    });
  }

  function movable(plot) {
    var from = null;
    plot.svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.shiftKey) { return; }
      event.preventDefault();
      plot.by(event.deltaY + event.deltaX < 0 ? STEP : 1 / STEP, plot.place(event));
    }, { passive: false });
    plot.svg.addEventListener("dblclick", function (event) {
      event.preventDefault();
      plot.by(STEP * STEP, plot.place(event));
    });
    plot.svg.addEventListener("pointerdown", function (event) {
      if (plot.zoom > 1 && !event.target.dataset.day) { from = plot.place(event); }
    });
    plot.svg.addEventListener("pointermove", function (event) {
      if (!from) { return; }
      var now = plot.place(event);
      plot.middle.x += from.x - now.x;
      plot.middle.y += from.y - now.y;
      plot.show();
    });
    ["pointerup", "pointerleave", "pointercancel"].forEach(function (name) {
      plot.svg.addEventListener(name, function () { from = null; });
    });
  }

  // A map wider than the screen begins with who acts in the middle, or else with Europe.
  document.querySelectorAll(".map-frame").forEach(function (frame) {
    var from = frame.querySelector(".map-from"), box = frame.querySelector("svg").viewBox.baseVal;
    var share = from ? from.cx.baseVal.value / box.width : 0.55;
    frame.scrollLeft = share * frame.scrollWidth - frame.clientWidth / 2;
  });

  document.querySelectorAll(".served-plot").forEach(function (holder) {
    var plots = [];
    holder.querySelectorAll("figure svg").forEach(function (svg) {
      var plot = new Plot(svg);
      svg.setAttribute("role", "group");
      plots.push(plot);
      movable(plot);
      pointed(holder, svg, holder.dataset.points);
    });
    var tools = document.createElement("div");
    tools.className = "plot-tools";
    var seen = document.createElement("span");
    seen.setAttribute("role", "status");
    tools.appendChild(seen);
    plots.forEach(function (plot) {
      plot.told = function (text) {
        if (plot.svg.getBoundingClientRect().width) { seen.textContent = text; }
      };
    });
    function each(act) { return function () { plots.forEach(act); }; }
    tools.appendChild(button("+", "Zoom in", each(function (plot) { plot.by(STEP); })));
    tools.appendChild(button("−", "Zoom out", each(function (plot) { plot.by(1 / STEP); })));
    tools.appendChild(button("1:1", "Show the whole plot", each(function (plot) { plot.by(0); })));
    holder.insertBefore(tools, holder.firstChild);
  });
})();
