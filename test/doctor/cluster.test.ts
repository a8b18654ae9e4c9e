import assert from "node:assert/strict";
import { diagnose, withSeen } from "../../doctor";
import { seenInCluster } from "../../doctor/readers/cluster";
import { readRecording, seenInRecording } from "../../doctor/readers/recorded";
import { ClusterFault } from "../../rotation/verify/cluster-fault";
import { PlayedApiServer } from "../support/api-server";
import type { KeptObject } from "../support/api-server";
import { CANARY } from "../support/estuary";
import { clean, consumer } from "./support/clean";
import { CLUSTER, NS, PATHS, ready, SYNCED } from "./support/cluster";

/** Does not prove: that a real cluster answers so; `kubectl proxy` itself is tried with verify's reader. */
describe("doctor's reader of a cluster", () => {
    const servers: PlayedApiServer[] = [];
    after(async () => {
        for (const server of servers) await server.stop();
    });
    async function findings(change: object, options: object = {}) {
        const server = new PlayedApiServer({ objects: { ...CLUSTER, ...change }, ...options });
        servers.push(server);
        const address = await server.start();
        const [seen] = await seenInCluster([consumer], {
            context: "main",
            answerMs: 300,
            connect: () => Promise.resolve({ address, stop: () => Promise.resolve() }),
        });
        assert.ok(!JSON.stringify(seen).includes(Buffer.from(CANARY).toString("base64")));
        for (const { path: asked, accept } of server.requests)
            if (asked.includes("/secrets/")) assert.match(accept, /PartialObjectMetadata/);
        return diagnose(withSeen(clean, () => seen))
            .filter(({ status }) => status !== "ok")
            .map(({ check, status, why }) => [check, status, why]);
    }

    it("finds nothing in a clean one, and asks for no value", async () => {
        assert.deepEqual(await findings({}), []);
    });

    it("takes the cause of a failure from the operator's event", async () => {
        const sync = CLUSTER[PATHS.sync] as KeptObject;
        const found = await findings({
            [PATHS.sync]: {
                ...sync,
                status: ready("SecretSyncedError", "False", "could not get secret data from provider"),
            },
            [PATHS.events]: [
                {
                    kind: "Event",
                    metadata: { name: "api.1", creationTimestamp: SYNCED },
                    type: "Warning",
                    reason: "UpdateFailed",
                    message: `ResourceNotFoundException: ${CANARY}`,
                    involvedObject: { kind: "ExternalSecret", name: "api" },
                    lastTimestamp: SYNCED,
                },
            ],
        });
        assert.deepEqual(
            found.map(([check, status]) => [check, status]),
            [
                ["sync-ready", "problem"],
                ["rotation-arrived", "problem"],
            ],
        );
        assert.match(String(found[0]?.[2]), /no entry of that name/);
    });

    it("skips what the caller may not read, and says so", async () => {
        const found = await findings({}, { refused: { [PATHS.store]: 403 } });
        assert.deepEqual(found, [
            ["store-ready", "skipped", "you may not read secretstores in its namespace"],
            ["store-declared", "skipped", "you may not read secretstores in its namespace"],
        ]);
    });

    it("skips what is not answered in time", async () => {
        const found = await findings({}, { silent: [PATHS.events] });
        assert.deepEqual(found, [["pod-events", "skipped", "no answer within 0.3 seconds"]]);
    });

    it("skips everything of a cluster that can't be reached", async () => {
        const [seen] = await seenInCluster([consumer], {
            context: "main",
            connect: () =>
                Promise.reject(new ClusterFault({ place: "kubectl", message: "it is not on the PATH" })),
        });
        const found = diagnose(withSeen(clean, () => seen)).filter(({ status }) => status !== "ok");
        assert.equal(found.length, 9);
        assert.ok(found.every(({ status }) => status === "skipped"));
        assert.equal(found[0]?.why, "kubectl: it is not on the PATH");
    });
});

describe("doctor's reader of a recording", () => {
    const items = [PATHS.sync, PATHS.store, PATHS.account].map((at) => CLUSTER[at]);
    const recorded = (list: readonly unknown[]) => {
        const { recording, problems } = readRecording(
            JSON.stringify({ kind: "List", items: list }),
            "doctor.json",
        );
        assert.deepEqual(problems, []);
        assert.ok(recording !== undefined);
        return diagnose(withSeen(clean, (each) => seenInRecording(recording, each)))
            .filter(({ status }) => status !== "ok")
            .map(({ check, status }) => [check, status]);
    };

    it("says what is there, and skips what was not recorded", () => {
        assert.deepEqual(recorded(items), [
            ["secret-delivered", "skipped"],
            ["pod-events", "skipped"],
            ["rotation-arrived", "skipped"],
        ]);
        assert.equal(
            recorded([]).every(([, status]) => status === "skipped"),
            true,
        );
        assert.equal(recorded([]).length, 9);
    });

    it("misses what is not among others of its kind", () => {
        const other = { ...(CLUSTER[PATHS.account] as KeptObject), metadata: { name: "web", namespace: NS } };
        const found = recorded([CLUSTER[PATHS.sync], CLUSTER[PATHS.store], other]);
        assert.deepEqual(found[0], ["service-account", "problem"]);
    });

    const REFUSED: readonly [what: string, text: string, message: string][] = [
        ["what is no JSON", "x", "it is not JSON"],
        ["what is no list", "{}", "it is no list of kubectl"],
        [
            "Secrets",
            JSON.stringify({ kind: "List", items: [CLUSTER[PATHS.secret]] }),
            "it has Secrets, with their values",
        ],
    ];
    for (const [what, text, message] of REFUSED)
        it(`refuses ${what}, and quotes nothing of it`, () => {
            const { recording, problems } = readRecording(text, "doctor.json");
            assert.equal(recording, undefined);
            assert.deepEqual(
                problems.map((each) => each.message),
                [message],
            );
            assert.ok(!JSON.stringify(problems).includes(CANARY));
        });
});
