import type { Review } from "../../review/review";
import { breach } from "./sample-review-breach";
import { hostile, huge } from "./sample-review-extremes";
import {
    inBoth,
    sampleCell,
    sampleChange,
    sampleCost,
    sampleReview,
    sampleStack,
    sampleWhole,
} from "./sample-review-parts";

/** Reviews as pull requests of this project would give them, written by hand: what reads a `Review` is tried on them. */

const nothing: Review = sampleReview();

/** Generation 3 of one signing key is announced in prod: the smallest of pull requests. */
const rotation: Review = sampleReview({
    stacks: [
        sampleStack("dev"),
        sampleStack("prod", {
            resources: [
                sampleChange(
                    "prod",
                    "added",
                    "random:index/randomPassword:RandomPassword",
                    "devplatform/jwt.secret_key-g3",
                    {
                        belongsTo: "document devplatform/jwt",
                    },
                ),
                sampleChange(
                    "prod",
                    "changed",
                    "aws:secretsmanager/secretVersion:SecretVersion",
                    "devplatform/jwt",
                    {
                        properties: [{ path: "secretString", kind: "changed", isSecret: true }],
                        belongsTo: "document devplatform/jwt",
                    },
                ),
                sampleChange(
                    "prod",
                    "changed",
                    "kubernetes:external-secrets.io/v1:ExternalSecret",
                    "devplatform/backend",
                    {
                        properties: [
                            {
                                path: 'metadata.annotations["strongroom.io/generations"]',
                                kind: "changed",
                                isSecret: false,
                                before: "devplatform/jwt: secret_key=2",
                                after: "devplatform/jwt: secret_key=2 secret_key_next=3",
                            },
                            {
                                path: "spec.data[5]",
                                kind: "added",
                                isSecret: false,
                                after: { secretKey: "JWT_SECRET_KEY_NEXT" },
                            },
                        ],
                        belongsTo: "consumer devplatform/backend",
                    },
                ),
            ],
            unchanged: 308,
            rotations: [
                {
                    field: "devplatform/jwt.secret_key",
                    what: "generation 3 is announced",
                    why: "schedule",
                    oldValue: "generation 2 stays in use",
                    isCompromise: false,
                },
            ],
            workloads: ["devplatform/backend", "devplatform/celery"].map((consumer) => ({
                consumer,
                kind: "changed" as const,
                restarts: true,
                generations: ["devplatform/jwt.secret_key"],
                appeared: ["JWT_SECRET_KEY_NEXT"],
                gone: [],
                isCut: false,
            })),
            whole: sampleWhole("prod", {
                calendar: [
                    {
                        field: "devplatform/jwt.secret_key",
                        class: "signing-key",
                        strategy: "overlap",
                        current: { generation: 2, since: "2026-11-19", reason: "schedule" },
                        next: { generation: 3, since: "2027-02-10", reason: "schedule" },
                        due: "2027-02-17",
                        upcoming: { step: "generation 3 becomes current", earliest: "2027-02-11" },
                        isChanged: true,
                    },
                ],
            }),
        }),
    ],
});

/** A key has leaked: it is replaced at once, and who still has the old one is cut off. */
const compromise: Review = sampleReview({
    stacks: inBoth((environment) => ({
        rotations: [
            {
                field: "devplatform/jwt.secret_key",
                what: "generation 3 is current, generation 2 is revoked",
                why: "compromise, INC-7",
                oldValue: "generation 2 is refused at once",
                isCompromise: true,
            },
        ],
        workloads: ["devplatform/backend", "devplatform/celery"].map((consumer) => ({
            consumer,
            kind: "changed" as const,
            restarts: true,
            generations: ["devplatform/jwt.secret_key"],
            appeared: [],
            gone: ["JWT_SECRET_KEY_PREVIOUS"],
            isCut: true,
        })),
        resources: [
            sampleChange(
                environment,
                "added",
                "random:index/randomPassword:RandomPassword",
                "devplatform/jwt.secret_key-g3",
            ),
            sampleChange(
                environment,
                "removed",
                "random:index/randomPassword:RandomPassword",
                "devplatform/jwt.secret_key-g2",
            ),
        ],
    })),
});

/** A vendor's key comes into the catalogue: somebody has to set it. */
const newSecret: Review = sampleReview({
    stacks: inBoth((environment) => ({
        documents: [
            {
                kind: "added",
                document: "devplatform/billing",
                owner: "billing",
                store: "aws-secrets-manager",
                path: `devplatform/${environment}/billing`,
                fields: ["stripe_api_key", "webhook_secret"],
            },
        ],
        fields: [
            {
                kind: "added",
                field: "devplatform/billing.stripe_api_key",
                fieldKind: "external",
                rotation: "vendor-key",
                what: [],
            },
            {
                kind: "added",
                field: "devplatform/billing.webhook_secret",
                fieldKind: "generated",
                rotation: "webhook-secret",
                what: [],
            },
        ],
        access: [
            {
                kind: "gained",
                cell: sampleCell(environment, {
                    path: `devplatform/${environment}/billing`,
                    documents: ["devplatform/billing"],
                    change: "gained",
                }),
            },
        ],
        workloads: [
            {
                consumer: "devplatform/backend",
                kind: "changed",
                restarts: true,
                generations: ["devplatform/billing.webhook_secret"],
                appeared: ["STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET"],
                gone: [],
                isCut: false,
            },
        ],
        toSet: [
            {
                field: "devplatform/billing.stripe_api_key",
                command: `pulumi config set --stack ${environment} --secret --path 'strongroom:values["devplatform/billing.stripe_api_key"]'`,
                isNew: true,
            },
            {
                field: "devplatform/api-keys.mapbox_access_token",
                command: `pulumi config set --stack ${environment} --secret --path 'strongroom:values["devplatform/api-keys.mapbox_access_token"]'`,
                isNew: false,
            },
        ],
        resources: [
            sampleChange(environment, "added", "strongroom:secrets:Document", "devplatform/billing"),
            sampleChange(environment, "added", "aws:secretsmanager/secret:Secret", "devplatform/billing", {
                isProtected: true,
            }),
        ],
        cost: {
            before: sampleCost(),
            after: sampleCost({ callsPerMonth: 18_980, dollarsPerMonth: 13.05 }),
        },
    })),
});

/** A workload that is new: an identity with what it may read, in prod alone. */
const newConsumer: Review = sampleReview({
    stacks: [
        sampleStack("dev"),
        sampleStack("prod", {
            access: (["read", "list"] as const).flatMap((verb) =>
                ["db", "jwt", "s3"].map((document) => ({
                    kind: "gained" as const,
                    cell: sampleCell("prod", {
                        identity: "role devplatform-prod-reports",
                        path: `devplatform/prod/${document}`,
                        documents: [`devplatform/${document}`],
                        verb,
                        by: ["devplatform-prod-reports ReadsItsDocuments"],
                        change: "gained",
                    }),
                })),
            ),
            workloads: [
                {
                    consumer: "devplatform/reports",
                    kind: "added",
                    restarts: false,
                    generations: ["devplatform/db.password", "devplatform/jwt.secret_key"],
                    appeared: ["DATABASE_URL", "JWT_SECRET_KEY"],
                    gone: [],
                    isCut: false,
                },
            ],
            resources: [
                sampleChange("prod", "added", "strongroom:delivery:Consumer", "devplatform/reports"),
                sampleChange("prod", "added", "aws:iam/role:Role", "devplatform/reports"),
                sampleChange("prod", "added", "aws:iam/rolePolicy:RolePolicy", "devplatform/reports"),
            ],
        }),
    ],
});

/** Every kind of review by its name. */
export const sampleReviews = { nothing, rotation, compromise, newSecret, newConsumer, breach, huge, hostile };
