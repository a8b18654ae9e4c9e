import { remembered } from "./storage";

// In the head, before anything is painted: who has chosen dark sees no flash of light.
const theme = remembered("theme");
if (theme !== undefined) document.documentElement.dataset["theme"] = theme;
