import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { skipWithoutEngine, withEngine } from "./real-engine";
import type { RealEngine } from "./real-engine";

/** Deploys a stack that draws one value and nothing else, with the real engine. */
const PROJECT = path.join(__dirname, "programs/lost");
const UP = ["up", "--stack", "prod", "--yes", "--skip-preview"];
const DRAWN = "shop/db.password";

interface Deployed {
    readonly urn: string;
    readonly outputs?: { readonly result?: unknown };
}

/** What the state has, by the name of the resource. */
async function stateOf({ pulumi }: RealEngine): Promise<ReadonlyMap<string, Deployed>> {
    const { stdout } = await pulumi("stack", "export", "--stack", "prod", "--show-secrets");
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: Deployed[] } };
    return new Map((deployment.resources ?? []).map((each) => [each.urn.split("::").at(-1) ?? "", each]));
}

const setTo = ({ pulumi }: RealEngine, key: string, value: string) =>
    pulumi("config", "set", "--stack", "prod", key, value);
const loseState = async ({ pulumi, own }: RealEngine): Promise<void> => {
    rmSync(path.join(own, "state/.pulumi"), { recursive: true });
    await pulumi("stack", "init", "prod");
};
/** What a deployment that must fail says. */
async function refusal({ pulumi }: RealEngine, ...args: string[]): Promise<string> {
    const failed = await pulumi(...UP, ...args).then(
        () => undefined,
        (error: unknown) => error as { stdout: string },
    );
    return failed?.stdout ?? assert.fail("it was deployed");
}

describe("the state of a stack, with the real engine", function () {
    this.timeout("2 minutes");

    before(async function () {
        await skipWithoutEngine(this, "random");
    });

    it("is begun quietly, and when it is lost nothing is drawn before somebody says so", () =>
        withEngine(PROJECT, async (engine) => {
            const { pulumi } = engine;
            await pulumi("stack", "init", "prod");
            await setTo(engine, "generation", "1");
            await pulumi(...UP);
            await setTo(engine, "generation", "2");
            await pulumi(...UP);
            const before = await stateOf(engine);
            assert.ok(before.has(`${DRAWN}-g2`) && !before.has(`${DRAWN}-g1`));

            await loseState(engine);
            await pulumi("preview", "--stack", "prod");
            const said = await refusal(engine);
            assert.match(said, /The state of 'prod' lacks 'prod-state'/);
            assert.doesNotMatch(said, /\n\s+at /);
            assert.ok(!(await stateOf(engine)).has(`${DRAWN}-g2`));
            const urn = before.get(`${DRAWN}-g2`)?.urn ?? "";
            await refusal(engine, "--target", urn);
            assert.ok(!(await stateOf(engine)).has(`${DRAWN}-g2`));

            await setTo(engine, "startOver", /startOver (ledger-[0-9a-f]+)/.exec(said)?.[1] ?? "");
            await pulumi(...UP);
            const anew = (await stateOf(engine)).get(`${DRAWN}-g2`);
            assert.notDeepEqual(anew?.outputs?.result, before.get(`${DRAWN}-g2`)?.outputs?.result);
        }));

    it("keeps a drawn value as it is when a longer or another one is asked for, up to the next generation", () =>
        withEngine(PROJECT, async (engine) => {
            const { pulumi } = engine;
            await pulumi("stack", "init", "prod");
            await setTo(engine, "generation", "1");
            await pulumi(...UP);
            const valueOf = async (): Promise<string> =>
                (await pulumi("stack", "output", "value", "--stack", "prod", "--show-secrets")).stdout.trim();
            const first = await valueOf();
            assert.match(first, /^[A-Za-z0-9]{20}$/);
            for (const form of [
                { form: "password", lengthChars: 40 },
                { form: "base64", bytes: 32 },
            ]) {
                await setTo(engine, "form", JSON.stringify(form));
                await pulumi(...UP, "--expect-no-changes");
                assert.equal(await valueOf(), first);
            }
            await setTo(engine, "generation", "2");
            await pulumi(...UP);
            assert.match(await valueOf(), /^[A-Za-z0-9+/]{43}=$/);
        }));
});
