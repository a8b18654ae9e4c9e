import * as gcp01 from "./gcp-01-accessors-are-bound-on-the-secret";
import * as gcp02 from "./gcp-02-no-basic-roles-and-nobody-public";
import * as gcp04 from "./gcp-04-workload-identities-are-exact";
import * as iam01 from "./iam-01-actions-are-named";
import * as iam02 from "./iam-02-values-are-read-by-name";
import * as iam03 from "./iam-03-secret-arns-end-exactly";
import * as iam05 from "./iam-05-roles-trust-one-identity";
import * as iam06 from "./iam-06-long-lived-keys-rotate";
import * as iam07 from "./iam-07-nobody-raises-own-rights";
import * as iam08 from "./iam-08-rotators-are-not-readers";
import * as k8s01 from "./k8s-01-roles-get-named-secrets";
import * as k8s02 from "./k8s-02-no-cluster-role-reaches-secrets";
import * as k8s03 from "./k8s-03-roles-have-no-wildcards";
import * as k8s04 from "./k8s-04-roles-cannot-escalate";
import * as k8s05 from "./k8s-05-readers-run-no-code-as-others";
import * as k8s06 from "./k8s-06-bindings-name-their-readers";
import * as k8s10 from "./k8s-10-tokens-are-mounted-where-needed";
import * as kms02 from "./kms-02-key-policies-name-principals";
import * as sm04 from "./sm-04-secret-policies-admit-nobody-at-large";
import * as vlt01 from "./vlt-01-vault-policies-read-named-documents";
import * as vlt03 from "./vlt-03-auth-roles-admit-one-identity";
import * as vlt05 from "./vlt-05-vault-is-reached-by-tls";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [
    gcp01,
    gcp02,
    gcp04,
    iam01,
    iam02,
    iam03,
    iam05,
    iam06,
    iam07,
    iam08,
    k8s01,
    k8s02,
    k8s03,
    k8s04,
    k8s05,
    k8s06,
    k8s10,
    kms02,
    sm04,
    vlt01,
    vlt03,
    vlt05,
].map(({ rule }) => rule);
