import type { Review } from "../../review/review";
import {
    noDelta,
    sampleCell,
    sampleChange,
    sampleReview,
    sampleStack,
    sampleStranger,
    sampleUrn,
    sampleViolation,
} from "./sample-review-parts";

/** Everything that must not be merged: a leap of the ledger, a rule broken, a stranger who reads, a protected key gone. */
export const breach: Review = sampleReview({
    verdict: "violated",
    stacks: [
        sampleStack("dev", {
            violations: {
                ...noDelta(),
                appeared: [
                    sampleViolation({
                        level: "advisory",
                        urn: sampleUrn("dev", "aws:iam/rolePolicy:RolePolicy", "devplatform/reports"),
                    }),
                ],
            },
        }),
        sampleStack("prod", {
            verdict: "violated",
            refused: [
                {
                    place: "ledger/prod.yaml: devplatform/jwt.secret_key",
                    message: "generation 4 would be current although generation 3 was never announced",
                    fix: "Announce generation 3 first: `npm run rotate -- due`",
                },
            ],
            violations: {
                appeared: [sampleViolation()],
                gone: [
                    sampleViolation({
                        policy: "kms-01-keys-rotate",
                        id: "KMS-01",
                        description: "Keys rotate.",
                        message: "KMS-01: 'enableKeyRotation' is false. Set it to true.",
                    }),
                ],
                stayed: [],
            },
            exemptions: {
                ...noDelta(),
                appeared: [
                    {
                        ...sampleViolation({
                            policy: "eso-05-secrets-are-owned-and-found",
                            id: "ESO-05",
                            message: "ESO-05: the Secret is not owned.",
                        }),
                        exemption: {
                            owner: "platform-engineering",
                            reason: "moves in January",
                            until: "2027-01-31",
                        },
                    },
                ],
            },
            access: [
                {
                    kind: "gained",
                    cell: sampleStranger("prod"),
                },
                {
                    kind: "gained",
                    cell: sampleCell("prod", {
                        identity: "role devplatform-dev-backend",
                        identityEnvironment: "dev",
                        change: "gained",
                    }),
                },
                { kind: "lost", cell: sampleCell("prod", { identity: "role devplatform-prod-celery" }) },
            ],
            accessFindings: {
                ...noDelta(),
                appeared: [
                    {
                        kind: "foreign",
                        who: "devplatform-dev-backend",
                        what: "devplatform/jwt",
                        message: "role devplatform-dev-backend of dev may read devplatform/jwt of prod",
                        place: "SecretPolicy devplatform/jwt, statement 1",
                        fix: "Name roles of prod alone",
                    },
                ],
            },
            resources: [
                sampleChange("prod", "replaced", "aws:kms/key:Key", "strongroom-prod-secrets", {
                    isProtected: true,
                    properties: [
                        {
                            path: "customerMasterKeySpec",
                            kind: "changed",
                            isSecret: false,
                            before: "SYMMETRIC_DEFAULT",
                            after: "RSA_2048",
                        },
                    ],
                    replacedBecauseOf: ["customerMasterKeySpec"],
                }),
                sampleChange("prod", "removed", "aws:secretsmanager/secret:Secret", "devplatform/db", {
                    isProtected: true,
                }),
            ],
        }),
    ],
    isolation: {
        ...noDelta(),
        appeared: [
            {
                kind: "shared-principal",
                places: [
                    { stack: "dev", what: "Role devplatform-ci" },
                    { stack: "prod", what: "Role devplatform-ci" },
                ],
                message: "the role devplatform-ci is used by dev and prod",
                fix: "Give each environment a role of its own",
            },
        ],
    },
});
