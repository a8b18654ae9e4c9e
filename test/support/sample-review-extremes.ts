import type {
    AccessCell,
    CalendarField,
    ResourceChange,
    ResourceNode,
    Review,
    StackReview,
} from "../../review/review";
import {
    noDelta,
    sampleCell,
    sampleChange,
    sampleReview,
    sampleStack,
    sampleUrn,
    sampleViolation,
    sampleWhole,
} from "./sample-review-parts";

/** `count` things, by their number from 1. */
const many = <T>(count: number, of: (number: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, at) => of(at + 1));

/**
 * An estate of many documents, all of which change: each is rotated, its reader restarts and may read anew.
 *
 * @param documents of each stack
 */
export const hugeReview = (documents: number): Review =>
    sampleReview({ stacks: ["dev", "prod"].map((stack) => hugeStack(stack, documents)) });

const resourcesOf = (stack: string, name: string): readonly ResourceNode[] => [
    { urn: sampleUrn(stack, "strongroom:secrets:Document", name), type: "strongroom:secrets:Document", name },
    ...[
        "aws:secretsmanager/secret:Secret",
        "aws:secretsmanager/secretVersion:SecretVersion",
        "kubernetes:external-secrets.io/v1:ExternalSecret",
    ].map((type) => ({
        urn: sampleUrn(stack, type, name),
        type,
        name,
        parent: sampleUrn(stack, "strongroom:secrets:Document", name),
        change: "changed" as const,
    })),
];

function hugeStack(stack: string, documents: number): StackReview {
    const names = many(documents, (number) => `platform${String(number % 40)}/document${String(number)}`);
    const cells = names.map((name): AccessCell =>
        sampleCell(stack, {
            identity: `role ${name.replace("/", `-${stack}-`)}`,
            path: name.replace("/", `/${stack}/`),
            documents: [name],
            change: "gained",
        }),
    );
    return sampleStack(stack, {
        resources: names.map((name): ResourceChange =>
            sampleChange(stack, "changed", "aws:secretsmanager/secretVersion:SecretVersion", name, {
                properties: [{ path: "secretString", kind: "changed", isSecret: true }],
                belongsTo: `document ${name}`,
            }),
        ),
        rotations: names.map((name) => ({
            field: `${name}.key`,
            what: "generation 2 is current",
            why: "schedule",
            oldValue: "generation 1 works until 2026-12-14",
            isCompromise: false,
        })),
        access: cells.map((cell) => ({ kind: "gained" as const, cell })),
        workloads: names.map((name) => ({
            consumer: `${name}-reader`,
            kind: "changed" as const,
            restarts: true,
            generations: [`${name}.key`],
            appeared: [],
            gone: [],
            isCut: false,
        })),
        whole: sampleWhole(stack, {
            resources: names.flatMap((name) => resourcesOf(stack, name)),
            access: cells,
            questions: {
                asked: documents * documents * 8,
                allowed: documents,
                denied: documents * documents * 8 - documents,
            },
            calendar: names.map((name, at): CalendarField => ({
                field: `${name}.key`,
                class: "signing-key",
                strategy: "overlap",
                current: { generation: 2, since: "2026-11-30", reason: "schedule" },
                previous: { generation: 1, until: "2026-12-14" },
                due: `2027-0${String(1 + (at % 9))}-28`,
                isChanged: true,
            })),
        }),
    });
}

/** Two stacks of 2,000 documents each. */
export const huge: Review = hugeReview(2_000);

/** What somebody could write into a name to break out of where it is shown. */
export const HOSTILE_TEXTS: readonly string[] = [
    "`code` ``` fence",
    "a | b \\| c",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "</details></td></table><!-- -->",
    "@octocat and @example-org/security",
    "two\n\n# lines\r\n- of text",
    "[link](https://evil.example) ![image](https://evil.example/x.png) https://evil.example www.evil.example",
    "**bold** _italic_ ~~gone~~ $math$ #12 example/project#34 GH-5",
    "\u001b[31mred\u001b[0m \u0007bell \u202Eright to left \u200B",
    "]]> & &amp; &lt; \" ' \u0000 \uFFFF \uD800",
    "- [ ] task",
    "1. first",
    "    indented",
    "",
    " ",
];

/**
 * A review in which each name, path and message is the same text, whatever that is.
 *
 * @param text at most some hundreds of characters; the marks of stacks are put behind it, so that they differ
 */
export function hostileReview(text: string): Review {
    const stackOf = (stack: string): StackReview => {
        const cell = sampleCell(stack, {
            identity: text,
            realm: text,
            path: text,
            documents: [text],
            by: [text],
            reason: text,
            via: [text],
        });
        const violation = sampleViolation({
            policy: text,
            id: text,
            description: text,
            message: text,
            urn: text,
            resource: text,
            source: { file: text, line: 1 },
        });
        return sampleStack(stack, {
            stack: `${stack}${text}`,
            environment: `${stack}${text}`,
            verdict: "violated",
            resources: [
                sampleChange(stack, "replaced", text, text, {
                    properties: [
                        {
                            path: text,
                            kind: "changed",
                            isSecret: false,
                            before: text,
                            after: { [text]: [text] },
                        },
                    ],
                    replacedBecauseOf: [text],
                    isProtected: true,
                    belongsTo: text,
                }),
                sampleChange(stack, "renamed", text, text, { formerUrn: text }),
            ],
            documents: [
                { kind: "added", document: text, owner: text, store: text, path: text, fields: [text] },
                {
                    kind: "moved",
                    document: text,
                    owner: text,
                    store: text,
                    path: text,
                    former: { store: text, path: text },
                    fields: [],
                },
            ],
            fields: [{ kind: "changed", field: text, fieldKind: text, rotation: text, what: [text] }],
            rotations: [{ field: text, what: text, why: text, oldValue: text, isCompromise: true }],
            refused: [{ place: text, message: text, fix: text }],
            access: [
                { kind: "gained", cell },
                { kind: "changed", cell, before: { ...cell, decision: "undecided" } },
            ],
            accessFindings: {
                ...noDelta(),
                appeared: [{ kind: "foreign", who: text, what: text, message: text, place: text, fix: text }],
            },
            workloads: [
                {
                    consumer: text,
                    kind: "changed",
                    restarts: true,
                    generations: [text],
                    appeared: [text],
                    gone: [text],
                    isCut: true,
                },
            ],
            violations: { appeared: [violation], gone: [violation], stayed: [violation] },
            exemptions: {
                ...noDelta(),
                appeared: [{ ...violation, exemption: { owner: text, reason: text, until: text } }],
            },
            errors: [text],
            toSet: [{ field: text, command: text, isNew: true }],
        });
    };
    return sampleReview({
        base: { name: text, commit: text },
        head: { name: text, changed: { files: [text], count: 1 } },
        verdict: "violated",
        stacks: [stackOf("dev"), stackOf("prod")],
        isolation: {
            ...noDelta(),
            appeared: [
                {
                    kind: "shared-key",
                    places: [
                        { stack: text, what: text },
                        { stack: text, what: text },
                    ],
                    message: text,
                    fix: text,
                },
            ],
        },
        notes: [text],
    });
}

/** All the hostile texts in one review. */
export const hostile: Review = hostileReview(HOSTILE_TEXTS.join(" "));
