import assert from "node:assert/strict";
import { ETCD_FIELD } from "../../components/domain/encryption-key";
import type { EncryptionProviders } from "../../components/domain/encryption-key";
import type { Generations } from "../../components/domain/rotation/stages";
import { etcdProviderProblems } from "../../rotation/etcd-providers";
import { live, rotatingStack } from "../support/rotating-stack";

const one: Generations = { current: live(1, "2026-09-01") };
const two: Generations = {
    current: live(2, "2026-11-01"),
    previous: { generation: 1, until: "2026-11-05" },
};
const secretbox: EncryptionProviders = { provider: "secretbox" };
const aescbc: EncryptionProviders = { provider: "aescbc" };
const moving = (through: number): EncryptionProviders => ({
    provider: "aescbc",
    earlier: { provider: "secretbox", through },
});

const judged = (
    generations: Generations,
    before: EncryptionProviders | undefined,
    after: EncryptionProviders | undefined,
) => {
    const { config } = rotatingStack("dev", {});
    const etcd = after && { store: "vault" as const, migration: "none" as const, ...after };
    return etcdProviderProblems(
        { stack: "dev", config: { ...config, etcd } },
        { etcd: before, ledger: { [ETCD_FIELD]: generations } },
    );
};

describe("the provider of the etcd key, against what is deployed,", () => {
    it("can't be another one for a generation that lives, and the fix says how to move", () => {
        assert.deepEqual(judged(one, secretbox, aescbc), [
            {
                place: "Pulumi.dev.yaml: strongroom:etcd.provider",
                message: "generation 1 of the key wrote with secretbox, and aescbc reads nothing of that",
                fix:
                    "Keep it with 'earlier: { provider: secretbox, through: 1 }' beside it, deploy that, and rotate the " +
                    "key: npm run rotate -- request control-plane/encryption-config.key --stack dev --ref <ticket>",
            },
        ]);
    });

    it("names every generation that would lose its provider", () => {
        const [problem] = judged(two, secretbox, aescbc);
        assert.match(problem?.message ?? "", /^generation 2 and generation 1 of the key/);
        assert.match(problem?.fix ?? "", /through: 2 /);
        assert.match(judged(two, secretbox, moving(1))[0]?.message ?? "", /^generation 2 of the key/);
    });

    it("may be another one for generations to come, and again for all once none of the earlier ones lives", () => {
        assert.deepEqual(judged(one, secretbox, moving(1)), []);
        assert.deepEqual(judged(two, moving(1), moving(1)), []);
        assert.equal(judged(two, moving(1), aescbc).length, 1);
        assert.deepEqual(judged({ current: live(2, "2026-11-01") }, moving(1), aescbc), []);
    });

    it("is a new one's own business", () => {
        assert.deepEqual(judged(one, undefined, aescbc), []);
        assert.deepEqual(judged(one, secretbox, undefined), []);
    });
});
