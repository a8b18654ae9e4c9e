import * as gcp01 from "./gcp-01-accessors-are-bound-on-the-secret";
import * as iam01 from "./iam-01-actions-are-named";
import * as iam02 from "./iam-02-values-are-read-by-name";
import * as iam03 from "./iam-03-secret-arns-end-exactly";
import * as k8s01 from "./k8s-01-roles-get-named-secrets";
import * as k8s02 from "./k8s-02-no-cluster-role-reaches-secrets";
import * as k8s03 from "./k8s-03-roles-have-no-wildcards";
import * as vlt01 from "./vlt-01-vault-policies-read-named-documents";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [gcp01, iam01, iam02, iam03, k8s01, k8s02, k8s03, vlt01].map(
    ({ rule }) => rule,
);
