import assert from "node:assert/strict";
import fc from "fast-check";
import { Access } from "../../../review/page/client/access-data";
import type { AccessFilter, AccessRow } from "../../../review/page/client/access-data";
import { findFields, rotatingFields } from "../../../review/page/client/calendar-data";
import { resourceTrees } from "../../../review/page/client/resource-data";
import { unpackTexts } from "../../../review/page/client/texts";
import { packedAccess } from "../../../review/page/pack/access";
import { packedCalendar } from "../../../review/page/pack/calendar";
import { packedResources } from "../../../review/page/pack/resources";
import { TextTable } from "../../../review/page/pack/texts";
import type { AccessCell, Review } from "../../../review/review";
import { everything } from "./sample";
import { estateOf } from "./support";

/** What the page's data hold is what the review says. How a browser shows it, its own tests prove. */
const REVIEWS: readonly (readonly [string, Review])[] = [
    ["everything", everything],
    ["an estate", estateOf(60)],
];

describe("packed texts", () => {
    it("come out as they went in", () => {
        fc.assert(
            fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
                const table = new TextTable(texts);
                const unpacked = unpackTexts(JSON.parse(JSON.stringify(table.packed())) as string[]);
                assert.deepEqual(
                    texts.map((text) => unpacked[table.at(text)]),
                    texts.map((text) => unpackTexts(new TextTable([text]).packed())[0]),
                );
            }),
        );
    });

    it("share beginnings", () => {
        const texts = ["devplatform/prod/db", "devplatform/prod/jwt", "x"];
        assert.deepEqual(new TextTable(texts).packed(), ["0devplatform/prod/db", "Hjwt", "0x"]);
    });

    it("tell no text from an empty one", () => {
        const table = new TextTable(["", undefined]);
        assert.deepEqual([table.at(undefined), table.at("")], [-1, 0]);
    });
});

const ALL: AccessFilter = {
    text: "",
    stack: "",
    verb: "",
    changed: false,
    secrets: false,
    outsiders: false,
    order: "entry",
};
const rowsOf = (access: Access, filter: AccessFilter): AccessRow[] =>
    [...access.find(filter)].map((at) => access.row(at));

describe("packed access", () => {
    const told = (stack: string, cell: AccessCell, change: number): string =>
        [
            ...[
                stack,
                cell.identity,
                cell.realm ?? "",
                cell.identityEnvironment ?? "",
                String(cell.isOperator),
            ],
            ...[
                cell.store,
                cell.path,
                cell.documents.join(),
                String(cell.isSecret),
                cell.verb,
                cell.decision,
            ],
            ...[cell.via.join(), cell.by.join(), cell.reason ?? "", String(change)],
        ].join("|");
    const unpacked = ({ stack, identity, entry, grants }: AccessRow): string[] =>
        grants.map(({ verb, isUndecided, change, via, by, reason }) =>
            [
                ...[stack, identity.name, identity.realm, identity.environment, String(identity.isOperator)],
                ...[entry.store, entry.path, entry.documents.join(), String(entry.isSecret), verb],
                ...[isUndecided ? "undecided" : "allowed", via.join(), by.join(), reason, String(change)],
            ].join("|"),
        );

    for (const [name, review] of REVIEWS) {
        const access = new Access(packedAccess(review));
        it(`holds every cell of ${name}, and what is lost`, () => {
            const expected = review.stacks.flatMap(({ stack, whole, access: changes }) => [
                ...whole.access.map((cell) =>
                    told(stack, cell, cell.change === "gained" ? 1 : cell.change === "changed" ? 2 : 0),
                ),
                ...changes.filter(({ kind }) => kind === "lost").map(({ cell }) => told(stack, cell, 3)),
            ]);
            assert.deepEqual(rowsOf(access, ALL).flatMap(unpacked).sort(), expected.sort());
        });

        it(`finds in ${name} what looking at each row finds`, () => {
            const all = rowsOf(access, ALL);
            const filters = fc.record({
                text: fc.constantFrom("", "jwt", "PROD role", "secrets-manager on-call", "no such"),
                stack: fc.constantFrom("", "dev", "prod", "other"),
                verb: fc.constantFrom("", "read", "grant", "decrypt"),
                changed: fc.boolean(),
                secrets: fc.boolean(),
                outsiders: fc.boolean(),
                order: fc.constantFrom("entry" as const, "identity" as const),
            });
            fc.assert(
                fc.property(filters, (filter) => {
                    const found = rowsOf(access, filter).flatMap(unpacked).sort();
                    assert.deepEqual(
                        found,
                        all
                            .filter((row) => fits(row, filter))
                            .flatMap(unpacked)
                            .sort(),
                    );
                }),
            );
        });
    }

    it("keeps what belongs to one identity together when it is asked for that order", () => {
        const names = rowsOf(new Access(packedAccess(everything)), {
            ...ALL,
            order: "identity",
            stack: "prod",
        }).map(({ identity }) => identity);
        const changes = names.filter((each, at) => each !== names[at - 1]);
        assert.equal(changes.length, new Set(names).size);
    });
});

function fits({ stack, environment, identity, entry, grants }: AccessRow, filter: AccessFilter): boolean {
    const text = [identity.name, identity.realm, entry.store, entry.path, ...entry.documents]
        .join("\n")
        .toLowerCase();
    const words = filter.text.toLowerCase().split(" ");
    const isStranger = identity.environment === "" && !identity.isOperator;
    const isForeign = identity.environment !== "" && identity.environment !== environment;
    return (
        words.every((word) => text.includes(word)) &&
        (filter.stack === "" || filter.stack === stack) &&
        (!filter.secrets || entry.isSecret) &&
        (!filter.outsiders || isStranger || isForeign) &&
        grants.some(
            ({ verb, change }) =>
                (filter.verb === "" || filter.verb === verb) && (!filter.changed || change !== 0),
        )
    );
}

describe("packed resources", () => {
    for (const [name, review] of REVIEWS)
        it(`hold every resource of ${name}, with its URN and its parent`, () => {
            const trees = resourceTrees(JSON.parse(JSON.stringify(packedResources(review))) as never);
            const unpacked = trees.map((tree) =>
                Array.from({ length: tree.size }, (_, at) => {
                    const parent = tree.parent(at);
                    return {
                        urn: tree.urn(at),
                        type: tree.type(at),
                        name: tree.name(at),
                        ...(parent === undefined ? {} : { parent: tree.urn(parent) }),
                        ...(tree.change(at) === "" ? {} : { change: tree.change(at) }),
                    };
                }),
            );
            assert.deepEqual(
                unpacked,
                review.stacks.map(({ whole }) => whole.resources),
            );
        });

    it("write out few URNs: the others follow from types and names", () => {
        assert.deepEqual(
            packedResources(estateOf(60)).stacks.map(({ urns }) => urns),
            [{}, {}],
        );
    });

    it("show what fits with all that it stands in, and count what stands within", () => {
        const [tree] = resourceTrees(packedResources(everything));
        assert.ok(tree);
        const found = tree.find({ text: "SecretVersion jwt", stack: "", changed: true });
        const seen = Array.from({ length: tree.size }, (_, at) => at).filter(found.isSeen);
        assert.equal(found.count, 1);
        assert.deepEqual(
            seen.map((at) => `${tree.name(at)} ${String(tree.within(at))} ${String(tree.changedWithin(at))}`),
            ["strongroom-dev 16 2", "devplatform 15 2", "devplatform/jwt 2 1", "devplatform/jwt 0 0"],
        );
    });
});

describe("a packed calendar", () => {
    for (const [name, review] of REVIEWS)
        it(`holds every field of ${name}`, () => {
            const unpacked = rotatingFields(packedCalendar(review)).map(
                ({ stack, field, class: kind, strategy, current, next, previous, due, step, isChanged }) => ({
                    stack,
                    field,
                    class: kind,
                    strategy,
                    ...(current === undefined ? {} : { current: sinceOf(current) }),
                    ...(next === undefined ? {} : { next: sinceOf(next) }),
                    ...(previous === undefined
                        ? {}
                        : { previous: { generation: previous.generation, until: previous.day } }),
                    ...(due === undefined ? {} : { due }),
                    ...(step === undefined ? {} : { upcoming: step }),
                    isChanged,
                }),
            );
            assert.deepEqual(
                unpacked,
                review.stacks.flatMap(({ stack, whole }) =>
                    whole.calendar.map((field) => ({ stack, ...field })),
                ),
            );
        });

    const fields = rotatingFields(packedCalendar(everything));
    const states: readonly (readonly [
        state: "" | "overdue" | "soon" | "moving",
        today: string,
        found: string[],
    ])[] = [
        ["overdue", "2026-11-14", []],
        ["overdue", "2026-11-15", ["db.password"]],
        ["soon", "2026-11-14", ["db.password", "jwt.secret_key"]],
        ["soon", "2026-11-05", ["db.password"]],
        ["moving", "2026-11-29", ["jwt.secret_key", "s3.access_key"]],
        [
            "",
            "2026-11-29",
            [
                "db.password",
                "jwt.secret_key",
                "s3.access_key",
                "api-keys.anthropic_api_key",
                "billing.stripe_api_key",
            ],
        ],
    ];
    for (const [state, today, expected] of states)
        it(`finds ${state === "" ? "all, by due day" : state} on ${today}`, () => {
            const filter = { text: "", stack: "prod", state, changed: false, order: "due" } as const;
            assert.deepEqual(
                findFields(fields, filter, today).map(({ field }) => field),
                expected.map((name) => `devplatform/${name}`),
            );
        });
});

const sinceOf = ({ generation, day, reason }: { generation: number; day: string; reason: string }) => ({
    generation,
    since: day,
    reason,
});
