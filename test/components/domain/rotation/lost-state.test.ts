import assert from "node:assert/strict";
import {
    lostStateMessage,
    startOverProblems,
    startOverText,
} from "../../../../components/domain/rotation/lost-state";
import type { StateOf } from "../../../../components/domain/rotation/lost-state";
import type { Generations, Ledger } from "../../../../components/domain/rotation/stages";

const first: Generations = { current: { generation: 1, since: "2026-09-01", reason: "initial" } };
const second: Generations = { current: { generation: 2, since: "2026-11-01", reason: "schedule" } };
const announced: Generations = {
    ...first,
    next: { generation: 2, since: "2026-11-20", reason: "schedule" },
};
const rolledBack: Generations = {
    current: { generation: 1, since: "2026-11-02", reason: "rollback", reference: "OPS-1" },
    previous: { generation: 2, until: "2026-11-09" },
};
const withdrawn: Generations = { ...first, highest: 2 };

const stateOf = (drawn: Ledger, startOver?: string): StateOf => ({
    stack: "prod",
    place: "ledger/prod.yaml",
    drawn,
    startOver,
});
const refused = (drawn: Ledger, startOver?: string): boolean =>
    lostStateMessage(stateOf(drawn, startOver), "prod-state") !== undefined;

describe("an empty state", () => {
    const cases: [string, Ledger, boolean][] = [
        ["a stack that draws nothing", {}, false],
        ["first values", { a: first, b: first }, false],
        ["a later value", { a: first, b: second }, true],
        ["an announced value", { a: announced }, true],
        ["a value that was taken back", { a: rolledBack }, true],
        ["a value that was withdrawn", { a: withdrawn }, true],
    ];
    for (const [title, drawn, isLost] of cases) {
        it(`${isLost ? "is refused to" : "is right for"} a ledger with ${title}`, () => {
            assert.equal(refused(drawn), isLost);
            if (isLost) assert.equal(refused(drawn, startOverText(drawn)), false);
        });
    }

    it("is told with the stack, the ledger, the fields, and each way on", () => {
        const message = lostStateMessage(stateOf({ "shop/db.password": second, a: first }), "prod-state")!;
        assert.match(message, /'prod' lacks 'prod-state'.*ledger\/prod\.yaml/);
        assert.match(message, /^ {2}shop\/db\.password: generation 2$/m);
        assert.doesNotMatch(message, /^ {2}a:/m);
        assert.match(message, /pulumi stack import/);
        assert.match(message, /generation 1/);
        assert.match(message, /pulumi import --stack prod random:index\/randomUuid:RandomUuid prod-state/);
        assert.match(message, /config set --stack prod strongroom:startOver ledger-[0-9a-f]{12}'/);
    });

    it("is told with a few of many fields", () => {
        const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${String(at)}`, second]));
        const message = lostStateMessage(stateOf(many), "prod-state")!;
        assert.equal(message.match(/: generation 2$/gm)?.length, 8);
        assert.match(message, /and 92 more/);
    });
});

describe("starting over", () => {
    it("is allowed for one ledger, whatever the order of its fields, and for no later one", () => {
        const ledger = { a: first, b: second };
        assert.equal(startOverText({ b: second, a: first }), startOverText(ledger));
        const later = [{ ...ledger, a: announced }, { ...ledger, c: first }, { b: second }];
        for (const other of later) assert.ok(refused(other, startOverText(ledger)));
    });

    it("is a mistake when the ledger has gone on, so that it does not stay by accident", () => {
        const ledger = { a: first, b: second };
        const allowed = startOverText(ledger);
        assert.deepEqual(startOverProblems(stateOf(ledger)), []);
        assert.deepEqual(startOverProblems(stateOf(ledger, allowed)), []);
        for (const other of [{ ...ledger, a: second }, { a: first }]) {
            const [problem] = startOverProblems(stateOf(other, allowed));
            assert.equal(problem?.place, "strongroom:startOver");
            assert.match(problem.message, /not of ledger\/prod\.yaml as it is now/);
            assert.match(problem.fix!, /Remove it/);
        }
    });

    it("is a mistake where there is nothing to give up", () => {
        assert.equal(startOverProblems(stateOf({ a: first }, startOverText({ a: first }))).length, 1);
    });
});
