import type { Review } from "../review";
import { bundle, sourceHash, styleSheet } from "./bundle";
import { grouped } from "./client/texts";
import { diff } from "./diff";
import { explorer, navigation, view } from "./frame";
import type { View } from "./frame";
import { Html, markup } from "./html";
import { packedAccess } from "./pack/access";
import { packedCalendar } from "./pack/calendar";
import { packedResources } from "./pack/resources";
import { chip } from "./parts";
import { sideLine, summary, verdictLine } from "./summary";
import { violations } from "./violations";

/**
 * A review as one file that asks for nothing: no network, no font, no library. Summary, violations and changes are
 * there without a script; access, rotation and resources are drawn by one, from data in the page. It holds no value of
 * a secret, since a `Review` holds none.
 *
 * The page's own policy of content lets run what is named here by its hash, and nothing else: whatever a name in the
 * project says, it stays text.
 */
export function pageHtml(review: Review): string {
    const style = styleSheet();
    const theme = bundle("theme");
    const main = bundle("main");
    const views = viewsOf(review);
    const { tone, title, why } = verdictLine(review);
    const policy = [
        "default-src 'none'",
        `script-src ${sourceHash(theme)} ${sourceHash(main)}`,
        `style-src ${sourceHash(style)}`,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].join("; ");
    const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${`${title} · Strongroom review`}</title>
<link rel="icon" href="data:,">
<style>${Html.own(style)}</style>
<script>${Html.own(theme)}</script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header>
    <div class="bar">
        <p class="brand">Strongroom review</p>
        <div data-theme-switch></div>
    </div>
    <h1 class="${tone}">${title}</h1>
    <p class="why">${chip(tone, tone === "good" ? "✓ clean" : `✗ ${review.verdict}`)} ${why}</p>
    <p class="sides">${sideLine(review.base)} <span aria-hidden="true">→</span><span class="unseen">to</span> ${sideLine(review.head)}</p>
</header>
${navigation(views)}
<main id="main" tabindex="-1">
${views.map(view)}
</main>
<footer><p>One file, which asks for nothing from any network and holds no value of a secret.${review.today !== undefined && ` Made for ${review.today}.`}</p></footer>
<script>${Html.own(main)}</script>
</body>
</html>
`;
    return page.toString();
}

function viewsOf(review: Review): readonly View[] {
    const failing = violations(review);
    const changed = diff(review);
    const total = (of: (stack: Review["stacks"][number]) => number): string =>
        grouped(review.stacks.reduce((sum, stack) => sum + of(stack), 0));
    const { asked, denied } = questions(review);
    const access = packedAccess(review);
    return [
        {
            id: "summary",
            title: "Summary",
            lead: "What a reader with two minutes has to know.",
            body: summary(review),
        },
        {
            id: "access",
            title: "Access",
            count: grouped(access.stacks.reduce((sum, { identity }) => sum + identity.length, 0)),
            lead: `Who may do what in the head, by evaluating every grant: ${grouped(asked)} questions, of which ${grouped(denied)} were denied and are left out. What the change takes away is struck through.`,
            body: explorer("access", Html.json(access)),
        },
        {
            id: "rotation",
            title: "Rotation",
            count: total(({ whole }) => whole.calendar.length),
            lead: "Every field that rotates: since when its value is in use, until when the one before works, and what comes next.",
            body: explorer("rotation", Html.json(packedCalendar(review))),
        },
        {
            id: "resources",
            title: "Resources",
            count: total(({ whole }) => whole.resources.length),
            lead: "What the head is made of; what the change touches is marked, and what it removes is under Changes.",
            body: explorer("resources", Html.json(packedResources(review))),
        },
        {
            id: "violations",
            title: "Violations",
            count: grouped(failing.count),
            lead: "Policies that fail in the head, those that the change mends, and what is exempted.",
            body: failing.body,
        },
        {
            id: "changes",
            title: "Changes",
            count: grouped(changed.count),
            lead: "Resource for resource, property for property. Of a secret it says that it differs, and no more.",
            body: changed.body,
        },
    ];
}

function questions({ stacks }: Review): { readonly asked: number; readonly denied: number } {
    const all = stacks.map(({ whole }) => whole.questions);
    return {
        asked: all.reduce((sum, { asked }) => sum + asked, 0),
        denied: all.reduce((sum, { denied }) => sum + denied, 0),
    };
}
