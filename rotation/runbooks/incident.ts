import { code, markdownList as list, markdownTable as table } from "../../components/domain/markdown";
import { SHARED_OWNER } from "../../components/domain/ownership";
import type { RotatingStack } from "../stack";
import { elsewhere } from "./also-set";
import { audits } from "./audits";
import { INCIDENT, proposed, rotate, verify } from "./commands";
import { block, listed, page, steps } from "./markdown";
import { arrival } from "./readers";
import { section } from "./sections";
import { inOrder, isDrawn } from "./subject";
import type { Place, Subject } from "./subject";

/** The page for the night on which a secret leaks. */
export function incidentPage(
    subjects: readonly Subject[],
    stacks: readonly RotatingStack[],
    etcd: { readonly id: string; readonly isThere: boolean },
): string {
    const ordered = inOrder(stacks);
    const owners = [...new Set(subjects.map(({ platform }) => platform.owner))].sort();
    return page(
        "# A secret has leaked",
        "You need not know this project. Find the page of the secret, and copy its commands: each page has the whole of it, in order. This page says how to start, what to do when more than one leaked, and how to end.",
        steps([
            { text: "Give the incident a number, and do [what comes before](#before-you-start)." },
            {
                text: "Find the page of the secret in [the index](README.md#find-it), by variable, platform or holder.",
            },
            {
                text: "Follow its part “Leaked in …” for the environment that it leaked from. If you can't tell which, do all of them, in the order of the page.",
            },
            { text: "[Look who used it](#who-used-it), while the deployment runs." },
            { text: "[See that it is over](#is-it-over), then do [what comes after](#afterwards)." },
        ]),
        "Do not wait for certainty: a rotation that was not needed costs what [What breaks](#what-breaks) says, and no more. Do not paste the value anywhere, also not into the incident.",
        section(
            "Before you start",
            "You need the right to propose a change of this repository, somebody who may approve a change of the ledger, and for the environment: its Pulumi backend, its cloud accounts, its Vault and its clusters. Without one of them, call its owner now.",
            block([
                "git pull",
                "npm ci",
                "export INCIDENT= # write its number after the =",
                "clip() { if command -v pbcopy; then pbcopy; elif command -v wl-copy; then wl-copy; else xclip -selection clipboard; fi; } >/dev/null",
                rotate("status"),
            ]),
            "Some steps also use `jq`, `psql`, `redis-cli` or `mc`; their pages say so by the command.",
            table(
                ["stack", "ledger", "systems"],
                ordered.map((stack) => [stack.stack, code(stack.place), systems(stack).join(", ")]),
            ),
        ),
        section("What to run, by kind", kinds(subjects, etcd)),
        section(
            "Everything leaked",
            "The state of a stack, a store, a cluster or the computer of somebody who administers one: all that it holds has leaked.",
            ...beforehand(subjects),
            ...ordered.flatMap((stack) => [
                `Then what is drawn, in ${stack.stack}:`,
                block(everything(stack, subjects, etcd.id)),
            ]),
            "Merge it and deploy once. Then go through the page of each, from the step after the deployment on.",
            "What others issue goes each by its page:",
            list(issued(subjects)),
            "Somebody who leaves is no leak: that rotates what they know, and keeps the old values for a while. See “Somebody leaves” on any page.",
        ),
        section(
            "Who to tell",
            list([
                `${SHARED_OWNER}: at once, of every leak`,
                `${listed(owners, "or")}: whoever answers for the platform, at once; they run its workloads`,
                "the holders on the page: before they are surprised",
                "users, where the page says that sessions or tokens end: as the owner decides",
            ]),
        ),
        section("Who used it", ...audits(ordered, subjects)),
        section(
            "What breaks",
            "From the deployment until a reader has refreshed and restarted, it fails wherever the new value is asked for. The steps hurry that; without them it takes, at most:",
            waits(subjects, ordered),
        ),
        section(
            "Is it over",
            "It is over when, in the environment of the leak, all of this holds:",
            list([
                "`status` shows a new generation, with the reason compromise; or, for what others issue, a new day on which it was set",
                "`verify` ends without a complaint: every reader runs it",
                "the old value is refused: sign in with it once, where that can be done without risk",
                "data keys and etcd: the rewrite is recorded, and the old key is gone from the ledger",
            ]),
            ...ordered.map((stack) => block(verify({ stack }))),
        ),
        section(
            "Go back",
            "A leaked value that is drawn here never comes back: the ledger refuses it. When the new one does not work, find out why, or draw one more with the same command. Only what encrypts data keeps its old key for a while; its page says how. A value that somebody else issues is replaced by one more of theirs.",
        ),
        section(
            "Afterwards",
            list([
                "Record in the incident when it leaked, when it was ended, who used it in between. No value.",
                "The log of steps is `ledger/<environment>.events.jsonl`, and the pull requests are the rest of the record.",
                "Find where it leaked from, and close that: a log, a ticket, an image, a person with more rights than needed.",
                "If a repository held it, it stays leaked after it was removed from there.",
                "Where the page was wrong or slow to follow, correct the catalogue: this text is made of it, by `npm run runbooks`.",
            ]),
        ),
    );
}

const link = ({ id }: Subject): string => `[${id}](${id}.md)`;

type Kind = "at once" | "data" | "issued" | "made of others" | "access keys";

function kindOf({ field }: Subject, place: Place): Kind | undefined {
    if (field.kind === "literal") return undefined;
    if (field.kind === "composed") return "made of others";
    if (field.kind === "access-key") return "access keys";
    if (!isDrawn(place)) return "issued";
    return place.allowances?.goesAtOnce === true ? "at once" : "data";
}

const DOES: Record<Kind, string> = {
    "at once": "`rotate compromise`: the old value goes with the next deployment, no overlap",
    issued: "a new value from the issuer, `pulumi config set`, `rotate external`, then the old one is ended there",
    data: "`rotate compromise` begins a new key; the old one stays until everything was written anew and `rotate rewritten` records that",
    "access keys":
        "where the stack creates them, `rotate compromise`: the old key is deleted; elsewhere as what others issue",
    "made of others": "the pages of their parts",
};
const NAMES: Record<Kind, string> = {
    "at once": "drawn",
    issued: "issued by others",
    data: "data keys",
    "access keys": "access keys",
    "made of others": "composed",
};

function kinds(
    subjects: readonly Subject[],
    etcd: { readonly id: string; readonly isThere: boolean },
): string {
    const rows = (Object.keys(DOES) as Kind[]).flatMap((kind) => {
        const found = subjects.filter((subject) => kindOf(subject, subject.places[0]) === kind);
        return found.length === 0 ? [] : [`**${NAMES[kind]}**: ${DOES[kind]}. ${found.map(link).join(", ")}`];
    });
    if (etcd.isThere) {
        const does =
            "`rotate compromise` begins a new key; every Secret is written anew before the old one goes";
        rows.push(`**etcd keys**: ${does}. [${etcd.id}](${etcd.id}.md)`);
    }
    return list(rows);
}

/** What has to be kept before it goes. */
function beforehand(subjects: readonly Subject[]): string[] {
    const found = subjects.filter((subject) =>
        subject.places.some((place) => elsewhere(subject, place).before.length > 0),
    );
    return found.length === 0
        ? []
        : [`First take the step before the change of the ledger on these pages: ${listed(found.map(link))}.`];
}

function everything(stack: RotatingStack, subjects: readonly Subject[], etcd: string): string[] {
    const drawn = subjects.filter(({ places }) =>
        places.some((place) => place.stack.stack === stack.stack && isDrawn(place)),
    );
    const ids = [...drawn.map(({ id }) => id), ...(stack.fields.has(etcd) ? [etcd] : [])];
    const change = ids.map((id) => rotate(`compromise ${id} --stack ${stack.stack} --ref ${INCIDENT}`));
    return proposed(change, INCIDENT, {
        branch: `${stack.stack}-everything`,
        message: `everything in ${stack.stack}`,
    });
}

const issued = (subjects: readonly Subject[]): string[] =>
    subjects
        .filter((subject) =>
            // An access key is its storage's in a stack that does not create it.
            subject.places.some(
                (place) =>
                    kindOf(subject, place) === "issued" ||
                    (kindOf(subject, place) === "access keys" && !isDrawn(place)),
            ),
        )
        .map((subject) => `${link(subject)}: ${"issuer" in subject.field ? subject.field.issuer : ""}`);

function waits(subjects: readonly Subject[], stacks: readonly RotatingStack[]): string {
    const rows = new Map<string, string[]>();
    for (const { platform } of subjects) {
        for (const consumer of Object.values(platform.consumers)) {
            const times = stacks.map(({ config }) =>
                config.platforms[platform.name] === undefined
                    ? ""
                    : arrival(config, platform, consumer).toString(),
            );
            rows.set(`${platform.name}: ${consumer.workload}`, times);
        }
    }
    const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => [name, ...times]);
    return table(["reader", ...stacks.map(({ stack }) => stack)], all);
}

function systems({ config }: RotatingStack): string[] {
    const { aws, gcp, vault, clusters } = config;
    return [
        ...(aws === undefined ? [] : [`AWS account ${aws.accountId} in ${aws.region}`]),
        ...(gcp === undefined ? [] : [`GCP project ${gcp.project}`]),
        ...(vault === undefined ? [] : [`Vault at ${code(vault.address)}`]),
        ...Object.values(clusters).map(({ context }) => `kubectl context ${code(context)}`),
    ];
}
