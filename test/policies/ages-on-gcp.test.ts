import assert from "node:assert/strict";
import { rule } from "../../policies/audit/aud-04-old-values-alert";
import { FACTS, run, UNKNOWN, type Sketch } from "../../policies/testing";

/** AUD-04 in an environment without AWS, whose facts differ from those of the tables. */
const { environment, environments, platforms, clusters, gcp } = FACTS;
const facts = { environment, environments, platforms, clusters, ...(gcp && { gcp }) };
const TOPIC = { type: "gcp:pubsub/topic:Topic", name: "rotation" };

const document = (store: string): Sketch => ({
    type: "strongroom:secrets:Document",
    name: "devplatform/db",
    props: { store, longestAges: { password: { class: "account-password", days: 90, since: "2026-09-15" } } },
});
const secret = (rotationPeriod: string | undefined, name = "devplatform/db"): Sketch => ({
    type: "gcp:secretmanager/secret:Secret",
    name,
    props: { rotation: { rotationPeriod }, topics: UNKNOWN },
    computedFrom: { topics: TOPIC },
});
const subscription: Sketch = {
    type: "gcp:pubsub/subscription:Subscription",
    name: "due",
    props: {},
    computedFrom: { topic: TOPIC },
};
const topic: Sketch = { ...TOPIC, props: {} };
const violationsOf = async (store: string, ...beside: readonly Sketch[]): Promise<readonly string[]> =>
    (await run(rule, document(store), beside, {}, facts)).violations;

describe("AUD-04 in an environment without AWS", () => {
    it("takes notices of Secret Manager that somebody gets", async () => {
        assert.deepEqual(
            await violationsOf("gcp-secret-manager", secret("7776000s"), subscription, topic),
            [],
        );
    });

    const cases: [string, readonly Sketch[], RegExp][] = [
        ["no notice", [secret(undefined), subscription, topic], /has no notice/],
        ["a notice a second too late", [secret("7776001s"), subscription, topic], /has no notice/],
        [
            "the notice of another secret",
            [secret("7776000s", "devplatform/x"), subscription, topic],
            /has no notice/,
        ],
        ["notices without a subscription", [secret("7776000s"), topic], /nobody gets/],
    ];
    for (const [title, beside, wanted] of cases) {
        it(`does not take ${title}`, async () => {
            const violations = await violationsOf("gcp-secret-manager", ...beside);
            assert.equal(violations.length, 1, violations.join("\n"));
            assert.match(violations[0] ?? "", wanted);
        });
    }

    it("asks nothing of Vault, where the monthly run tells", async () => {
        assert.deepEqual(await violationsOf("vault"), []);
    });
});
