import assert from "node:assert/strict";
import type { Rendering } from "../../../preview/rendering";
import { kindAndName, one, renderShop } from "../../support/render-shop";

/** What this does not prove: that AWS, Google and Vault take what is declared, and deliver what they are asked to. */
const ALERTS = { emails: ["security@example.com"], https: ["https://hooks.example.com/alerts"] };
const shop = (environment: object, more: object = {}): Promise<Rendering> =>
    renderShop({
        secrets: "aws-secrets-manager",
        config: "kubernetes",
        ...more,
        environment: { ...environment },
    });
const AWS = { accountId: "210987654321", region: "us-east-1" };
const everything = () => shop({ alerts: ALERTS });

const auditOf = ({ resources }: Rendering): string[] =>
    resources
        .filter(({ inputs }) => {
            const tags = (inputs["tags"] ?? inputs["userLabels"]) as { class?: string } | undefined;
            return tags?.class === "audit";
        })
        .map(kindAndName)
        .sort();
const text = (value: unknown): string => (typeof value === "string" ? value : assert.fail("no text"));
const policyOf = (rendering: Rendering, name: string, property = "policy") =>
    JSON.parse(text(one(rendering, name).inputs[property])) as {
        Statement: { Sid: string; Principal: unknown; Condition: Record<string, unknown>; Action: unknown }[];
    };

describe("what is recorded and told", function () {
    this.timeout("2 minutes");

    it("is exactly this on AWS and GCP", async () => {
        const rendering = await everything();
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(auditOf(rendering), [
            "AlertPolicy strongroom-prod-changed",
            "Bucket strongroom-prod-trail-210987654321",
            "EventRule strongroom-prod-changed-us-east-1",
            "EventRule strongroom-prod-decrypted-beside-the-stores-us-east-1",
            "EventRule strongroom-prod-read-shop-1-us-east-1",
            "Key strongroom-prod-audit",
            "LogGroup strongroom-prod-trail",
            "MetricAlarm strongroom-prod-age-account-90-days",
            "MetricAlarm strongroom-prod-age-etcd-key-180-days",
            "MetricAlarm strongroom-prod-age-signing-key-90-days",
            "NotificationChannel strongroom-prod-alerts-hooks.example.com/alerts",
            "NotificationChannel strongroom-prod-alerts-security@example.com",
            "Role strongroom-prod-trail",
            "Topic strongroom-prod-alerts-us-east-1",
            "Trail strongroom-prod-trail",
        ]);
    });

    it("is nothing of what the environment does not use", async () => {
        const rendering = await renderShop({
            secrets: "kubernetes",
            config: "kubernetes",
            environment: { aws: undefined, gcp: undefined, vault: undefined, etcd: undefined },
            ledger: "without-etcd.yaml",
        });
        assert.deepEqual(rendering.diagnostics, []);
        assert.ok(rendering.resources.length > 10);
        assert.deepEqual(auditOf(rendering), []);
        assert.deepEqual(rendering.resources.filter(({ type }) => /audit/i.test(type)).map(kindAndName), []);
    });

    it("has a topic, rules and a key in the region of the replica as well, where no grant names anybody", async () => {
        const rendering = await shop({ alerts: ALERTS, aws: { ...AWS, replicaRegion: "us-west-2" } });
        const there = auditOf(rendering).filter((each) => each.includes("us-west-2"));
        assert.deepEqual(there, [
            "EventRule strongroom-prod-changed-us-west-2",
            "EventRule strongroom-prod-decrypted-beside-the-stores-us-west-2",
            "EventRule strongroom-prod-read-shop-1-us-west-2",
            "ReplicaKey strongroom-prod-audit-us-west-2",
            "Topic strongroom-prod-alerts-us-west-2",
        ]);
        const pattern = text(
            one(rendering, "EventRule strongroom-prod-read-shop-1-us-west-2").inputs["eventPattern"],
        );
        assert.ok(!pattern.includes("role/"));
        for (const { type, provider, name } of rendering.resources)
            if (name.includes("-us-west-2") && type.startsWith("aws:"))
                assert.match(provider ?? "", /us-west-2/, name);
    });

    it("expects the readers that grants name, the deployer and who else is configured", async () => {
        const arn = (name: string): string => `arn:aws:iam::210987654321:role/${name}`;
        const rendering = await shop({
            aws: { ...AWS, deployerRoleArn: arn("deployer") },
            alerts: { ...ALERTS, expected: [arn("rotation")] },
        });
        const pattern = JSON.parse(
            text(one(rendering, "EventRule strongroom-prod-read-shop-1-us-east-1").inputs["eventPattern"]),
        ) as { detail: { userIdentity: { sessionContext: { sessionIssuer: { arn: unknown } } } } };
        assert.deepEqual(pattern.detail.userIdentity.sessionContext.sessionIssuer.arn, [
            { exists: false },
            { "anything-but": [arn("deployer"), arn("rotation"), arn("shop-prod-api")] },
        ]);
    });

    it("goes to everybody who subscribes, with no part of a request but a document's name", async () => {
        const rendering = await everything();
        const topic = one(rendering, "Topic strongroom-prod-alerts-us-east-1").urn;
        const subscriptions = rendering.resources.filter(({ type }) => type.endsWith(":TopicSubscription"));
        assert.deepEqual(
            subscriptions.map(({ inputs }) => [inputs["protocol"], inputs["endpoint"]]),
            [
                ["email", "security@example.com"],
                ["https", "https://hooks.example.com/alerts"],
            ],
        );
        for (const { propertyDependencies } of subscriptions)
            assert.deepEqual(propertyDependencies["topic"], [topic]);
        const rules = rendering.resources.filter(({ type }) => type.endsWith(":EventRule"));
        for (const rule of rules) {
            assert.equal(rule.inputs["state"], "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
            const target = one(rendering, `EventTarget ${rule.name}`);
            assert.deepEqual(target.propertyDependencies["rule"], [rule.urn]);
            assert.deepEqual(target.propertyDependencies["arn"], [topic]);
            const { inputPaths } = target.inputs["inputTransformer"] as unknown as { inputPaths: object };
            const ofRequest = Object.values(inputPaths).filter((path) =>
                String(path).includes("requestParameters"),
            );
            assert.deepEqual(ofRequest, ["$.detail.requestParameters.secretId"]);
            assert.ok(!Object.values(inputPaths).some((path) => String(path).includes("responseElements")));
        }
    });

    it("is published by rules and alarms of this environment alone", async () => {
        const { Statement } = policyOf(await everything(), "TopicPolicy strongroom-prod-alerts-us-east-1");
        const allowed = Statement.filter(({ Sid }) => Sid !== "DenyWithoutTls");
        assert.deepEqual(
            allowed.map(({ Principal, Condition }) => [Principal, Condition]),
            [
                ["events", "events:us-east-1:210987654321:rule/strongroom-prod-*"],
                ["cloudwatch", "cloudwatch:us-east-1:210987654321:alarm:strongroom-prod-*"],
            ].map(([service, source]) => [
                { Service: `${service ?? ""}.amazonaws.com` },
                {
                    StringEquals: { "aws:SourceAccount": "210987654321" },
                    ArnLike: { "aws:SourceArn": `arn:aws:${source ?? ""}` },
                },
            ]),
        );
    });

    it("is a trail of all regions that can't be shortened", async () => {
        const rendering = await everything();
        const { inputs, propertyDependencies } = one(rendering, "Trail strongroom-prod-trail");
        assert.equal(inputs["isMultiRegionTrail"], true);
        assert.equal(inputs["enableLogFileValidation"], true);
        assert.deepEqual(propertyDependencies["kmsKeyId"], [one(rendering, "Key strongroom-prod-audit").urn]);
        assert.equal(one(rendering, "LogGroup strongroom-prod-trail").inputs["retentionInDays"], 365);
        const bucket = "strongroom-prod-trail-210987654321";
        assert.deepEqual(one(rendering, `BucketObjectLockConfiguration ${bucket}`).inputs["rule"], {
            defaultRetention: { mode: "GOVERNANCE", days: 365 },
        });
        const { Statement } = policyOf(rendering, `BucketPolicy ${bucket}`);
        const trail = "arn:aws:cloudtrail:us-east-1:210987654321:trail/strongroom-prod-trail";
        for (const { Sid, Principal, Condition } of Statement)
            if (Sid !== "DenyWithoutTls") {
                assert.deepEqual(Principal, { Service: "cloudtrail.amazonaws.com" });
                assert.equal((Condition["StringEquals"] as Record<string, string>)["aws:SourceArn"], trail);
            }
    });

    it("is kept for as long as the configuration says", async () => {
        const rendering = await shop({ aws: { ...AWS, retentionDays: 400 } });
        assert.equal(one(rendering, "LogGroup strongroom-prod-trail").inputs["retentionInDays"], 400);
        const lock = one(rendering, "BucketObjectLockConfiguration strongroom-prod-trail-210987654321");
        assert.deepEqual(lock.inputs["rule"], { defaultRetention: { mode: "GOVERNANCE", days: 400 } });
    });

    it("is encrypted by a key that services use for what is ours alone", async () => {
        const { Statement } = policyOf(await everything(), "Key strongroom-prod-audit");
        const services = Statement.filter(({ Principal }) => "Service" in (Principal as object));
        assert.equal(services.length, Statement.length - 1);
        for (const { Sid, Condition } of services) {
            const text = JSON.stringify(Condition);
            assert.match(text, /SourceArn|EncryptionContext/, Sid);
            assert.match(text, /210987654321.*strongroom-prod-/, Sid);
        }
    });

    it("has ages by the ledger's days, which move with a rotation", async () => {
        const age = async (ledger: string): Promise<unknown> => {
            const alarm = one(
                await shop({ alerts: ALERTS }, { ledger }),
                "MetricAlarm strongroom-prod-age-account-90-days",
            );
            assert.equal(alarm.inputs["threshold"], 90);
            return (alarm.inputs["metricQueries"] as unknown as { expression?: string }[])[0]?.expression;
        };
        const seconds = (day: string): string => String(Date.parse(`${day}T00:00:00Z`) / 1000);
        assert.equal(await age("ledger.yaml"), `(EPOCH(recorded) - ${seconds("2026-10-01")}) / 86400`);
        assert.equal(await age("rotated.yaml"), `(EPOCH(recorded) - ${seconds("2026-11-29")}) / 86400`);
    });

    it("is on Vault a device that hashes values", async () => {
        const { inputs } = one(await everything(), "Audit strongroom-prod");
        assert.deepEqual(inputs["options"], { file_path: "stdout", log_raw: "false", hmac_accessor: "true" });
    });

    it("is on a control plane of one's own a policy in its store", async () => {
        const rendering = await everything();
        const component = one(rendering, "KubernetesAuditPolicy audit-policy");
        const entry = one(rendering, "SecretV2 control-plane/audit-policy");
        assert.equal(entry.parent, component.urn);
        assert.equal(entry.inputs["name"], "control-plane/prod/audit-policy");
    });

    it("is on GCP every read of the two services, and who reads what no grant names", async () => {
        const rendering = await shop(
            {
                alerts: { ...ALERTS, expected: ["deployer@shop-prod.iam.gserviceaccount.com"] },
                aws: undefined,
            },
            { secrets: "gcp-secret-manager" },
        );
        const configs = rendering.resources.filter(({ type }) => type.endsWith(":IAMAuditConfig"));
        assert.deepEqual(
            configs.map(({ inputs }) => [inputs["service"], inputs["auditLogConfigs"]]),
            ["secretmanager", "cloudkms"].map((name) => [
                `${name}.googleapis.com`,
                [{ logType: "DATA_READ" }],
            ]),
        );
        const [condition] = one(rendering, "AlertPolicy strongroom-prod-read-shop-1").inputs[
            "conditions"
        ] as unknown as {
            conditionMatchedLog: { filter: string };
        }[];
        const filter = condition?.conditionMatchedLog.filter ?? "";
        assert.match(filter, /secrets\/\(shop_prod_db\|shop_prod_jwt\|shop_prod_vendor\)\(\/\|\$\)/);
        assert.match(
            filter,
            /NOT protoPayload\.authenticationInfo\.principalEmail=\("deployer@shop-prod[^"]*" OR "shop-prod-api@shop-prod[^"]*"\)/,
        );
        assert.equal(
            one(rendering, "AlertPolicy strongroom-prod-read-shop-1").propertyDependencies[
                "notificationChannels"
            ]?.length,
            2,
        );
    });

    it("is on GCP a message that waits while a document is due, where notices are wanted", async () => {
        const gcp = {
            project: "shop-prod",
            projectNumber: "109876543210",
            location: "us-central1",
            rotationNotices: true,
        };
        const rendering = await shop({ alerts: ALERTS, gcp }, { secrets: "gcp-secret-manager" });
        const { inputs, propertyDependencies } = one(rendering, "Subscription strongroom-prod-due");
        assert.equal(inputs["filter"], 'attributes.eventType = "SECRET_ROTATE"');
        assert.deepEqual(propertyDependencies["topic"], [
            one(rendering, "Topic strongroom-prod-rotation").urn,
        ]);
        const policy = JSON.stringify(one(rendering, "AlertPolicy strongroom-prod-due").inputs["conditions"]);
        assert.match(policy, /subscription_id = \\"strongroom-prod-due\\"/);
    });
});
