// The desk's only script. Every page works without it; it makes things shorter.
import "./style/main.css";
import htmx from "htmx.org";

import { keepClocks } from "./clocks";
import { copyAndPrint } from "./copy";
import { takeDropped } from "./drop";
import { guardForms } from "./forms";
import { listenToKeys } from "./keyboard";
import { tidyMenus } from "./menus";
import { countChecked } from "./select";
import { toggleTheme } from "./theme";
import { uploadAhead } from "./upload";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

document.documentElement.classList.add("js");
guardForms();
listenToKeys();
tidyMenus();
countChecked();
toggleTheme();
copyAndPrint();
takeDropped();
uploadAhead();
keepClocks();
