import assert from "node:assert/strict";
import { encryptionConfiguration, keyOrder } from "../../../components/encryption/etcd";
import type { LiveGeneration } from "../../../components/domain/rotation/stages";

const live = (generation: number): LiveGeneration => ({ generation, since: "2026-09-01", reason: "initial" });

describe("the order of etcd keys", () => {
    it("writes with the current one, and reads the announced one before the previous one", () => {
        const generations = {
            next: live(3),
            current: live(2),
            previous: { generation: 1, until: "2026-12-01" },
        };
        assert.deepEqual(
            keyOrder(generations).map(({ generation }) => generation),
            [2, 3, 1],
        );
    });
    it("is one key where one is live", () => {
        assert.deepEqual(keyOrder({ current: live(1) }), [{ stage: "current", generation: 1 }]);
    });
});

describe("encryptionConfiguration", () => {
    it("has a provider for each that a live key is of, and the one of the key that writes first", () => {
        const { resources } = encryptionConfiguration([
            { provider: "secretbox", name: "g3" },
            { provider: "aescbc", name: "g2" },
        ]);
        assert.deepEqual(resources[0]?.providers, [
            { secretbox: { keys: [{ name: "g3" }] } },
            { aescbc: { keys: [{ name: "g2" }] } },
            { identity: {} },
        ]);
    });

    it("covers Secrets, and has identity last", () => {
        assert.deepEqual(encryptionConfiguration([{ provider: "secretbox", name: "g1", secret: "k" }]), {
            apiVersion: "apiserver.config.k8s.io/v1",
            kind: "EncryptionConfiguration",
            resources: [
                {
                    resources: ["secrets"],
                    providers: [{ secretbox: { keys: [{ name: "g1", secret: "k" }] } }, { identity: {} }],
                },
            ],
        });
    });
});
