import { UNKNOWN, type Table } from "../support/case";

const type = "aws:secretsmanager/secretPolicy:SecretPolicy";
const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const denial = {
    Effect: "Deny",
    Principal: "*",
    Action: "secretsmanager:*",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const allows = (
    principal: unknown,
    action: unknown = "secretsmanager:GetSecretValue",
): { policy: string } => ({
    policy: document(denial, { Effect: "Allow", Principal: principal, Action: action, Resource: "*" }),
});
const role = { AWS: "arn:aws:iam::222222222222:role/devplatform-prod-backend" };

export const table: Table = {
    policy: "sm-04-secret-policies-admit-nobody-at-large",
    clean: { type, props: { blockPublicPolicy: true, policy: document(denial) } },
    cases: [
        { title: "everybody", change: allows("*"), expect: ["Statement[1].Principal"] },
        { title: "everybody of AWS", change: allows({ AWS: ["*"] }), expect: ["is everybody"] },
        {
            title: "everybody, with a condition",
            change: {
                policy: document({
                    ...denial,
                    Effect: "Allow",
                    Action: "secretsmanager:GetSecretValue",
                }),
            },
            expect: ["is everybody"],
        },
        { title: "one role", change: allows(role), expect: "clean" },
        {
            title: "near miss: a role by a wildcard",
            change: allows({ AWS: `${role.AWS}*` }),
            expect: ["everybody"],
        },
        { title: "every action", change: allows(role, "*"), expect: ["Statement[1].Action"] },
        {
            title: "a whole service, second in the list",
            change: allows(role, ["secretsmanager:GetSecretValue", "secretsmanager:*"]),
            expect: ["Action[1]"],
        },
        { title: "reading by a wildcard", change: allows(role, "secretsmanager:Get*"), expect: ["wildcard"] },
        { title: "a service", change: allows({ Service: "lambda.amazonaws.com" }), expect: "clean" },
        {
            title: "all but one",
            change: {
                policy: document({
                    Effect: "Allow",
                    NotPrincipal: role,
                    NotAction: "secretsmanager:DeleteSecret",
                    Resource: "*",
                }),
            },
            expect: ["NotPrincipal", "NotAction"],
        },
        {
            title: "near miss: a misspelt denial",
            change: { policy: document({ ...denial, Effect: "deny" }) },
            expect: ["wildcard", "is everybody"],
        },
        { title: "AWS does not look", change: { blockPublicPolicy: false }, expect: ["blockPublicPolicy"] },
        {
            title: "AWS is not asked to look",
            change: { blockPublicPolicy: undefined },
            expect: ["Set it to true"],
        },
        {
            title: "near miss: asked by a text",
            change: { blockPublicPolicy: "true" },
            expect: ["blockPublicPolicy"],
        },
        {
            title: "a policy on the secret itself",
            type: "aws:secretsmanager/secret:Secret",
            props: { name: "devplatform/prod/db", policy: document(denial) },
            expect: ["without AWS looking"],
        },
        {
            title: "a secret without one",
            type: "aws:secretsmanager/secret:Secret",
            props: { name: "devplatform/prod/db" },
            expect: "clean",
        },
        { title: "no document", change: { policy: "none" }, expect: ["no policy document"] },
        { title: "an unknown policy waits", change: { policy: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown policy hides nothing of the rest",
            change: { policy: UNKNOWN, blockPublicPolicy: false },
            expect: ["blockPublicPolicy"],
        },
    ],
    mutations: [
        { title: "AWS does not look", type, change: { blockPublicPolicy: false } },
        {
            title: "a denial becomes a permission",
            type,
            change: { "policy#Statement.1.Effect": "Allow" },
            alsoBreaks: ["ISO-07"],
        },
        {
            title: "a policy on the secret itself",
            type: "aws:secretsmanager/secret:Secret",
            change: { policy: document(denial) },
        },
    ],
};
