import assert from "node:assert/strict";
import { Duration } from "../../../components/domain/duration";
import { stepFaults } from "../../../components/domain/rotation/faults";
import { classProblems } from "../../../components/domain/rotation/overlap-law";
import { timingOf } from "../../../components/domain/rotation/rotation-class";
import type { RotationClass } from "../../../components/domain/rotation/rotation-class";
import type { Generations, Stage } from "../../../components/domain/rotation/stages";
import type { StepKind } from "../../../components/domain/rotation/steps";
import type { EncryptionProviders } from "../../../components/domain/encryption-key";
import { ETCD_ROTATION } from "../../../components/domain/encryption-key";
import { encryptionConfiguration, keyOrder } from "../../../components/encryption/etcd";
import { explore } from "../../support/etcd-model";
import type { Outcome, Rules, Scenario } from "../../support/etcd-model";

const DEPLOY_WITHIN = Duration.parse("1 day");
/** The shortest times that the overlap law allows for the lags of the real class. */
const TIGHT: RotationClass = { ...ETCD_ROTATION.rotationClass, announce: "2 days", grace: "2 days" };
const BY_HAND: readonly StepKind[] = ["announce", "promote", "confirm rewrite", "retire"];
const LIFE: readonly StepKind[] = ["announce", "promote", "start rewrite", "confirm rewrite", "retire"];

const rulesOf = (rotationClass: RotationClass): Rules => ({
    order: keyOrder,
    document: encryptionConfiguration,
    allows: (before, step, today) => stepFaults(before, step, { rotationClass, today }).length === 0,
});
const SECRETBOX: EncryptionProviders = { provider: "secretbox" };
/** The rotation is the move from one provider to another. */
const MOVE: EncryptionProviders = { ...SECRETBOX, earlier: { provider: "aescbc", through: 1 } };
const scenarioOf = (
    rotationClass: RotationClass,
    days: number,
    steps = LIFE,
    providers = SECRETBOX,
): Scenario => ({
    providers,
    servers: 3,
    steps,
    graceDays: timingOf(rotationClass).grace.wholeDays,
    lagDays: DEPLOY_WITHIN.plus(timingOf(rotationClass).consumerLag).wholeDays,
    days,
});
const count = (found: bigint): string => found.toLocaleString("en");

/**
 * What this does not prove: that API servers are as the model is. Their own loader was held against the documents of
 * every step by hand.
 */
describe("the rotation of the etcd key, as servers take it up,", function () {
    this.timeout("30 seconds");

    it("has the shortest times that the law allows", () => {
        assert.deepEqual(classProblems(TIGHT, "", DEPLOY_WITHIN), []);
        for (const time of ["announce", "grace"] as const)
            assert.equal(classProblems({ ...TIGHT, [time]: "1 day" }, "", DEPLOY_WITHIN).length, 1);
    });

    const sound: [string, RotationClass, number, readonly StepKind[], string][] = [
        ["with the shortest times", TIGHT, 9, LIFE, "671,527,385,941,671,936"],
        ["with the real times", ETCD_ROTATION.rotationClass, 12, LIFE, "22,649,932,438,136,577,589,248"],
        ["that somebody rewrites by hand", TIGHT, 9, BY_HAND, "671,527,385,941,671,936"],
        [
            "that is rolled back",
            TIGHT,
            10,
            ["announce", "promote", "roll back", "start rewrite", "confirm rewrite", "retire"],
            "407,093,243,322,310,852,608",
        ],
        ["that is withdrawn", TIGHT, 9, ["announce", "withdraw", ...LIFE], "60,659,203,317,738,504,192"],
    ];
    for (const [title, rotationClass, days, steps, interleavings] of sound) {
        it(`${title} loses no Secret and leaves none unencrypted in ${interleavings} interleavings of 3 servers`, () => {
            const found = explore(scenarioOf(rotationClass, days, steps), rulesOf(rotationClass));
            assert.deepEqual(found.violations, []);
            assert.ok(found.ended > 0n);
            assert.equal(count(found.interleavings), interleavings);
        });
    }

    it("to another provider loses no Secret and leaves none unencrypted, as within one", () => {
        const found = explore(scenarioOf(TIGHT, 9, LIFE, MOVE), rulesOf(TIGHT));
        assert.deepEqual(found.violations, []);
        assert.ok(found.ended > 0n);
        assert.equal(count(found.interleavings), "671,527,385,941,671,936");
    });
});

describe("the model of the rotation", function () {
    this.timeout("30 seconds");
    const ours = rulesOf(TIGHT);
    const scenario = scenarioOf(TIGHT, 10);

    const mutations: [string, Partial<Rules>, (found: Outcome) => void][] = [
        [
            "a promotion a day too early",
            { allows: rulesOf({ ...TIGHT, announce: "1 day" }).allows },
            finds("a server can't read k8s:enc:secretbox:v1:g2:"),
        ],
        [
            "the previous key before the current one",
            { order: (generations) => ranked(generations, ["previous", "current", "next"]) },
            finds("a server does not write with :g2:"),
        ],
        [
            "the announced key before the current one",
            { order: (generations) => ranked(generations, ["next", "current", "previous"]) },
            finds("a server can't read k8s:enc:secretbox:v1:g2:"),
        ],
        [
            "a document without the announced key",
            { order: (generations) => ranked(generations, ["current", "previous"]) },
            finds("a server can't read k8s:enc:secretbox:v1:g2:"),
        ],
        [
            "identity first",
            {
                document: (keys) => {
                    const sound = encryptionConfiguration(keys);
                    const resources = sound.resources.map((entry) => ({
                        ...entry,
                        providers: entry.providers.toReversed(),
                    }));
                    return { ...sound, resources };
                },
            },
            finds("a server writes without encryption"),
        ],
    ];
    for (const [title, mutation, check] of mutations) {
        it(`catches ${title}`, () => {
            check(explore(scenario, { ...ours, ...mutation }));
        });
    }

    it("catches a proof while a server still encrypts with the old key", () => {
        const allows: Rules["allows"] = (before, step, today) =>
            step.kind === "confirm rewrite" || ours.allows(before, step, today);
        const found = explore(scenarioOf(TIGHT, 10, BY_HAND), { ...ours, allows });
        finds("a server can't read k8s:enc:secretbox:v1:g1:")(found);
    });

    it("catches another provider for the key in use", () => {
        const document: Rules["document"] = (keys) =>
            encryptionConfiguration(
                keys.length === 1 ? keys : keys.map((key) => ({ ...key, provider: "secretbox" })),
            );
        const found = explore(scenarioOf(TIGHT, 10, LIFE, MOVE), { ...ours, document });
        finds("a server can't read k8s:enc:aescbc:v1:g1:")(found);
    });

    it("catches a drop without a rewrite", () => {
        const steps: StepKind[] = ["announce", "promote", "retire"];
        assert.equal(explore(scenarioOf(TIGHT, 10, steps), ours).ended, 0n);
        const rules = rulesOf({ ...TIGHT, encryptsData: false });
        finds("a server can't read k8s:enc:secretbox:v1:g1:")(explore(scenarioOf(TIGHT, 10, steps), rules));
    });
});

/** The stages of the keys in another order. */
function ranked(generations: Generations, order: readonly Stage[]) {
    return order.flatMap((stage) => generations[stage] ?? []);
}

function finds(violation: string): (found: Outcome) => void {
    return ({ violations }) => {
        assert.ok(violations.includes(violation), violations.join("\n"));
    };
}
