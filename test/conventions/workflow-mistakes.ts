import { GITLAB, RULES as GENERAL_RULES } from "./workflow-rules";
import { HOOKS, SAFETY_RULES } from "./workflow-safety-rules";

export const RULES = { ...GENERAL_RULES, ...SAFETY_RULES };

export const ROTATE = ".github/workflows/rotate.yml";
const CHECK = ".github/workflows/check.yml";
const COMMENT = ".github/workflows/review-comment.yml";
const DRIFT = ".github/workflows/drift.yml";
const UP = ".ci/deploy/up";
const DEPLOY = ".github/workflows/deploy.yml";

/** A small mistake, the rule that is broken by it, and what the rule says of it. */
type Mistake = readonly [
    rule: keyof typeof RULES,
    file: string,
    from: string | RegExp,
    to: string,
    fault: RegExp,
];

const GENERAL: readonly Mistake[] = [
    [
        "pins each action to a commit, with its version beside it",
        ROTATE,
        /checkout@\w{40}/,
        "checkout@v7",
        /@v7/,
    ],
    ["pins each action to a commit, with its version beside it", DEPLOY, " # v3.4.0", "", /vault-action/],
    [
        "gives nothing to a workflow, and to a job what it names, writing next to nothing",
        ROTATE,
        "permissions: {}",
        "permissions: read-all",
        /every job/,
    ],
    [
        "gives nothing to a workflow, and to a job what it names, writing next to nothing",
        ROTATE,
        /permissions:\n\s+contents: read/,
        "env: {}",
        /propose: it has no/,
    ],
    [
        "gives nothing to a workflow, and to a job what it names, writing next to nothing",
        ROTATE,
        "contents: read",
        "contents: write",
        /write contents/,
    ],
    [
        "ends each job in time",
        DEPLOY,
        "timeout-minutes: 150",
        "continue-on-error: false",
        /dev: it has no timeout/,
    ],
    [
        "leaves no token of the run in the checkout",
        DEPLOY,
        "persist-credentials: false",
        "persist-credentials: true",
        /changes: the token/,
    ],
    [
        "puts no expression into a shell",
        ROTATE,
        "run: .ci/rotation/propose",
        "run: .ci/rotation/propose ${{ inputs.subject }}",
        /propose: an expression/,
    ],
    ["logs nothing that holds values", UP, "up --yes", "up --json --yes", /dev: --json/],
    ["logs nothing that holds values", UP, "up --yes", "up --logtostderr -v=9 --yes", /-v=9/],
    ["logs nothing that holds values", UP, "preview --non", "preview --diff --non", /prod: --diff/],
    ["logs nothing that holds values", UP, "up --yes", "up --skip-preview --yes", /--skip-preview/],
    [
        "logs nothing that holds values",
        ".ci/drift/check",
        "refresh --preview-only",
        "refresh --json --preview-only",
        /drift prod: --json/,
    ],
    ["logs nothing that holds values", ".ci/rotation/notify", "set -euo", "set -xeuo", /prod: x/],
    [
        "logs nothing that holds values",
        ".ci/rotation/verify",
        "until npm",
        "echo $VAULT_TOKEN\nuntil npm",
        /TOKEN/,
    ],
    [
        "runs on the first of the month at 00:00 UTC, and goes on each day",
        ROTATE,
        "0 0 1 * *",
        "0 9 1 * *",
        /0 9 1/,
    ],
    [
        "runs on the first of the month at 00:00 UTC, and goes on each day",
        GITLAB,
        "#   0 0 2-31 * *",
        "#   0 0 2-30 * *",
        /2-30/,
    ],
    ["calls only scripts that there are", DEPLOY, "npm run preview", "npm run previews", /npm run previews/],
    [
        "keeps what npm itself says out of what is written to a file",
        ".ci/rotation/propose",
        "--silent rotate",
        "rotate",
        /propose: npm run rotate/,
    ],
    [
        "checks, deploys, verifies and tells, in this order",
        DEPLOY,
        "run: .ci/rotation/check-deployed",
        "run: echo",
        /deploy\.yml: dev/,
    ],
    [
        "checks, deploys, verifies and tells, in this order",
        GITLAB,
        /( {4}- \.ci\/rotation\/verify\n)( {4}- \.ci\/rotation\/notify deployed\n)/,
        "$2$1",
        /deploy prod/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        DEPLOY,
        "cancel-in-progress: false",
        "cancel-in-progress: true",
        /one ends another/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        DEPLOY,
        "'prod-changes' || 'prod' }}",
        "'prod-changes' || 'dev' }}",
        /prod: it has no environment of its stack/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        GITLAB,
        "resource_group: prod",
        "resource_group: dev",
        /deploy prod: two runs/,
    ],
    [
        "runs nothing of the project where a token can push",
        ".ci/rotation/commit-proposal",
        "git apply",
        "npm run golden\ngit apply",
        /rotate\.yml: open/,
    ],
    ["is text that bash can read", ".ci/rotation/verify", "\ndone", "\n", /verify: .*syntax error/],
    [
        "is text that bash can read",
        GITLAB,
        "== schedule ]]; then",
        "== schedule ]];",
        /propose: .*syntax error/,
    ],
    [
        "stops a script at its first mistake",
        ".ci/rotation/deployed",
        "set -euo pipefail",
        "set -e",
        /deployed/,
    ],
    [
        "deploys with the engine that the program is written for",
        DEPLOY,
        "pulumi-version: 3.248.0",
        "pulumi-version: 3.200.0",
        /deploy\.yml/,
    ],
];

const SAFETY: readonly Mistake[] = [
    ["pins each hook of a commit as well", HOOKS, /rev: \w{40} # frozen: /, "rev: ", /rev: v/],
    [
        "gives nothing to a workflow, and to a job what it names, writing next to nothing",
        COMMENT,
        "contents: read",
        "contents: write",
        /comment: it may write contents/,
    ],
    [
        "never runs a pull request with the rights of the project",
        CHECK,
        "  pull_request:",
        "  pull_request_target:",
        /check\.yml: pull_request_target/,
    ],
    [
        "never runs a pull request with the rights of the project",
        COMMENT,
        "sparse-checkout: .ci/review",
        "ref: ${{ github.event.workflow_run.head_sha }}",
        /something else than main/,
    ],
    [
        "gives no secret and no identity to what a pull request brings",
        CHECK,
        "OUT: review",
        "OUT: ${{ secrets.KUBECONFIG }}",
        /check\.yml: a secret/,
    ],
    [
        "gives no secret and no identity to what a pull request brings",
        GITLAB,
        " && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID",
        "",
        /comment: forks reach/,
    ],
    [
        "lets who may write run nothing of the project's packages",
        ".ci/review/comment",
        "set -euo pipefail",
        "set -euo pipefail\nnpm run review",
        /review-comment\.yml: comment/,
    ],
    [
        "lets who may write run nothing of the project's packages",
        CHECK,
        "      contents: read\n    steps",
        "      contents: read\n      checks: write\n    steps",
        /check\.yml: check/,
    ],
    ["posts a review that ends badly as well", CHECK, "if: always()", "if: success()", /is not kept/],
    [
        "posts a review that ends badly as well",
        GITLAB,
        "when: always\n  needs",
        "when: on_success\n  needs",
        /is not posted/,
    ],
    [
        "looks for secrets in each commit of a branch",
        CHECK,
        " --since origin/main",
        "",
        /only in \.gitlab-ci\.yml/,
    ],
    [
        "looks for drift in environments of its own, and changes nothing",
        DRIFT,
        "environment: prod-drift",
        "environment: prod",
        /drift\.yml: prod/,
    ],
    [
        "looks for drift in environments of its own, and changes nothing",
        ".ci/drift/check",
        "refresh --preview-only",
        "refresh --yes",
        /it may change something/,
    ],
];

/** At least one for each rule. */
export const MISTAKES: readonly Mistake[] = [...GENERAL, ...SAFETY];
