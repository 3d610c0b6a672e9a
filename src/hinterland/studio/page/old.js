// A browser that knows no modules reads this file alone.
document.getElementById("said").textContent =
  "此浏览器过旧，不能打开本页。请用近年的 Firefox、Chrome、Edge 或 Safari。 " +
  "This browser is too old for this page. Use a recent Firefox, Chrome, Edge or Safari.";
