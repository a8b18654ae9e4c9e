import assert from "node:assert/strict";
import * as fs from "node:fs";
import path from "node:path";
import type { Ledger } from "../../../components/domain/rotation/stages";
import { registrationsOf } from "../../support/registrations";
import { ENVIRONMENT } from "../../support/render-shop";
import { twoPlatforms } from "../../stacks/edits";
import { catalogue } from "../program/catalogue";

/** What this does not prove is that the engine runs the hook, and only when it creates the mark: `test/engine` does. */
const LEDGER = fs.readFileSync(path.join(__dirname, "../program/ledger.yaml"), "utf8");
const stack = twoPlatforms(catalogue, LEDGER, ENVIRONMENT);
const MARK = "random:index/randomUuid:RandomUuid";
const URN = `urn:pulumi:prod::strongroom::${MARK}::prod-state`;

const hooksOf = async (drawn: Ledger): Promise<readonly string[]> => {
    const marks = (await registrationsOf(stack, drawn)).filter(({ type }) => type === MARK);
    assert.deepEqual(
        marks.map(({ name }) => name),
        ["prod-state"],
    );
    return marks[0]?.request.getHooks()?.getBeforeCreateList() ?? [];
};

describe("the mark of a state", () => {
    it("comes before every drawn value", async () => {
        const registrations = await registrationsOf(stack);
        const drawn = registrations.filter(({ type }) => type.endsWith(":RandomPassword"));
        assert.equal(drawn.length, 9);
        for (const { name, request } of drawn) assert.deepEqual(request.getDependenciesList(), [URN], name);
    });

    it("is watched where the ledger tells of earlier values, and only there", async () => {
        const first = { generation: 1, since: "2026-09-01", reason: "initial" } as const;
        assert.deepEqual(await hooksOf({ field: { current: first } }), []);
        assert.deepEqual(await hooksOf({ field: { current: { ...first, generation: 2 } } }), ["prod-state"]);
    });
});
