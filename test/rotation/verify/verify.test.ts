import assert from "node:assert/strict";
import { styleOf } from "../../../preview/report/style";
import { verifyReport } from "../../../cli/rotate/verify-report";
import { exitCodeOf } from "../../../cli/rotate/verify";
import { verifyStack } from "../../../rotation/verify";
import type { Verification } from "../../../rotation/verify";
import { METADATA, METADATA_LIST, OBJECT } from "../../../rotation/verify/api-server";
import { readEvidence } from "../../../rotation/verify/evidence";
import { catalogue } from "../../components/program/catalogue";
import { PlayedApiServer } from "../../support/api-server";
import type { KeptObject, PlayedOptions, RecordedRequest } from "../../support/api-server";
import { CANARY } from "../../support/estuary";
import { one, renderShop } from "../../support/render-shop";
import { cluster, PATHS, pod, shopStack, STAMP } from "./shop";

interface Verified extends Verification {
    readonly requests: readonly RecordedRequest[];
    /** Everything that the command would print. */
    readonly printed: string;
    readonly code: number;
}

async function verified(
    options: PlayedOptions,
    { syncedOnly = false, answerMs = 10_000 } = {},
): Promise<Verified> {
    const server = new PlayedApiServer(options);
    const address = await server.start();
    const stack = shopStack();
    try {
        const found = await verifyStack(
            {
                stack,
                contexts: {},
                syncedOnly,
                answerMs,
                now: () => "2026-11-22T12:00:00Z",
                connect: () => Promise.resolve({ address, stop: () => Promise.resolve() }),
            },
            catalogue,
        );
        const report = verifyReport([stack], [found], styleOf({}));
        const printed = `${report}${JSON.stringify(found)}`;
        return { ...found, requests: server.requests, printed, code: exitCodeOf([found]) };
    } finally {
        await server.stop();
    }
}

const base64 = Buffer.from(CANARY).toString("base64");
const unwrapped = (text: string): string => text.replace(/\s+/g, " ");
const hasCanary = (text: string): boolean =>
    [CANARY, JSON.stringify(CANARY).slice(1, -1), base64].some((form) => text.includes(form));

describe("verify", () => {
    it("finds every field running where the cluster is as the ledger says", async () => {
        const { verdicts, evidence, code, printed } = await verified({ objects: cluster() });
        assert.deepEqual(
            verdicts.map(({ consumer, field, status }) => [consumer, field, status]),
            [
                ["shop/api", "shop/db.password", "runs"],
                ["shop/api", "shop/jwt.key", "runs"],
            ],
        );
        assert.deepEqual(evidence, {
            stack: "prod",
            at: "2026-11-22T12:00:00Z",
            syncedOnly: false,
            fields: {
                "shop/db.password": {
                    ledger: { current: 4, previous: 3 },
                    runs: ["shop/api"],
                    behind: [],
                    unknown: [],
                },
                "shop/jwt.key": {
                    ledger: { current: 2, next: 3 },
                    runs: ["shop/api"],
                    behind: [],
                    unknown: [],
                },
            },
        });
        assert.equal(code, 0);
        assert.match(
            unwrapped(printed),
            /shop\/db\.password: every consumer runs generation 4: npm run rotate -- due retires generation 3 from 2026-12-01 on/,
        );
    });

    it("asks of what it judges the stamp that the program declares", async () => {
        const rendering = await renderShop({ secrets: "vault", config: "kubernetes" });
        const { metadata } = one(rendering, "ExternalSecret shop/api").inputs as unknown as {
            metadata: { annotations: Record<string, string> };
        };
        const { shop } = rendering.outputs["workloads"] as unknown as {
            shop: { api: { annotations: Record<string, string> } };
        };
        assert.equal(metadata.annotations["strongroom.io/generations"], STAMP["strongroom.io/generations"]);
        assert.deepEqual(shop.api.annotations, STAMP);
    }).timeout("1 minute");

    it("asks for metadata alone, but for what holds no value", async () => {
        const { requests } = await verified({ objects: cluster() });
        const asked = Object.fromEntries(requests.map(({ path, accept }) => [path, accept]));
        assert.deepEqual(asked, {
            "/version": OBJECT,
            [PATHS.externalSecret]: OBJECT,
            [PATHS.secret]: METADATA,
            [PATHS.scale]: OBJECT,
            [PATHS.replicaSets]: METADATA_LIST,
            [PATHS.pods]: METADATA_LIST,
        });
        assert.deepEqual(new Set(requests.map(({ method }) => method)), new Set(["GET"]));
        assert.equal(requests.length, Object.keys(asked).length, "each is asked for once");
    });

    it("prints nothing that a store, an annotation or a container says beyond the stamp", async () => {
        const { printed } = await verified({ objects: cluster() });
        assert.ok(!hasCanary(printed));
    });

    it("refuses a server that sends whole objects, and prints nothing of them", async () => {
        const { printed, problems, verdicts, code } = await verified({
            objects: cluster(),
            ignoresAccept: true,
        });
        assert.ok(!hasCanary(printed));
        assert.deepEqual(
            problems.map(({ place, message }) => [place, message]),
            [
                [
                    "cluster 'main': the API server",
                    "it was asked for metadata alone, and sent something else, which was dropped",
                ],
            ],
        );
        assert.ok(verdicts.every(({ status }) => status === "unknown"));
        assert.equal(code, 1);
    });

    it("refuses metadata that come with data", async () => {
        const objects = cluster();
        const mixed = Object.assign({}, objects[PATHS.secret], {
            kind: "PartialObjectMetadata",
        }) as KeptObject;
        const { printed, problems } = await verified({
            objects: { ...objects, [PATHS.secret]: mixed },
            ignoresAccept: true,
        });
        assert.equal(problems.length, 1);
        assert.ok(!hasCanary(printed));
    });

    it("reads lists page by page", async () => {
        const stale = { "strongroom.io/generations": "shop/db: password=3; shop/jwt: key=2 key_next=3" };
        const pods = [pod("api-7d9-a"), pod("api-7d9-b"), pod("api-7d9-c", { annotations: stale })];
        const { verdicts, requests, code } = await verified({
            objects: cluster({ [PATHS.pods]: pods }),
            pageSize: 1,
        });
        assert.equal(requests.filter(({ path }) => path === PATHS.pods).length, 3);
        assert.deepEqual(
            verdicts.map(({ status, finding }) => [status, finding?.why]),
            [
                ["behind", "1 of 3 pods is not restarted for it: api-7d9-c: it has generation 3 as current"],
                ["runs", undefined],
            ],
        );
        assert.equal(code, 2);
    });

    it("says why an old generation has to stay", async () => {
        const { printed } = await verified({ objects: cluster({ [PATHS.pods]: [pod("api-7d9-a")] }) });
        assert.match(
            unwrapped(printed),
            /shop\/db\.password: generation 3 has to stay: shop\/api is not proved to run generation 4/,
        );
    });

    it("asks nothing of workloads before their rollout", async () => {
        const { requests, code, evidence, printed } = await verified(
            { objects: cluster({ [PATHS.pods]: [] }) },
            { syncedOnly: true },
        );
        assert.deepEqual(
            requests.map(({ path }) => path),
            ["/version", PATHS.externalSecret, PATHS.secret],
        );
        assert.equal(code, 0);
        assert.equal(evidence.syncedOnly, true);
        assert.doesNotMatch(printed, /Previous generations/);
    });

    it("says which rights are missing, as a Role", async () => {
        const { printed, code } = await verified({ objects: cluster(), refused: { [PATHS.secret]: 403 } });
        assert.equal(code, 1);
        assert.match(printed, /Secret shop-prod\/api-secrets: you may not read secrets in its namespace/);
        assert.match(
            printed,
            /kind: Role\nmetadata:\n {2}name: strongroom-verify\n {2}namespace: shop-prod\n/,
        );
        assert.match(printed, /- secrets\n {4}resourceNames:\n {6}- api-secrets\n {4}verbs:\n {6}- get\n/);
        assert.doesNotMatch(printed.split("kind: Role")[1] ?? "", /watch|\*|cronjobs|statefulsets/);
    });

    const unread: readonly [string, PlayedOptions, RegExp][] = [
        [
            "a server that is down",
            { objects: {}, refused: { "/version": 502 } },
            /it does not answer \(HTTP 502\)/,
        ],
        [
            "a server that knows nobody",
            { objects: {}, refused: { "/version": 401 } },
            /it does not know who you are/,
        ],
        ["a silent server", { objects: {}, silent: ["/version"] }, /no answer within 0\.05 seconds/],
        ["a silent object", { objects: cluster(), silent: [PATHS.scale] }, /could not be read \(no answer/],
        ["an object that is refused", { objects: cluster(), refused: { [PATHS.pods]: 500 } }, /\(HTTP 500\)/],
        [
            "a missing workload",
            { objects: { ...cluster(), [PATHS.scale]: undefined as never } },
            /it is not there, so/,
        ],
    ];
    for (const [what, options, told] of unread) {
        it(`is wrong, and says why, for ${what}`, async () => {
            const { code, printed } = await verified(options, { answerMs: 50 });
            assert.equal(code, 1);
            assert.match(unwrapped(printed), told);
        });
    }

    it("writes evidence that is read back, and refuses what is none", async () => {
        const { evidence } = await verified({ objects: cluster() });
        assert.deepEqual(readEvidence(JSON.stringify(evidence), "v.json"), { evidence, problems: [] });
        for (const text of ["", "{}", "[]", '{"stack":"prod","at":"today","syncedOnly":false,"fields":{}}']) {
            const { evidence: none, problems } = readEvidence(text, "v.json");
            assert.equal(none, undefined);
            assert.ok(problems.length > 0);
        }
    });
});
