import * as eso01 from "./eso-01-cluster-stores-have-conditions";
import * as eso02 from "./eso-02-providers-and-kinds-are-allowed";
import * as eso03 from "./eso-03-stores-log-in-as-service-accounts";
import * as eso04 from "./eso-04-syncs-come-within-the-announcement";
import * as eso05 from "./eso-05-secrets-are-owned-and-found";
import * as k8s07 from "./k8s-07-secret-values-are-no-literals";
import * as k8s08 from "./k8s-08-secrets-are-mounted-as-files";
import * as k8s09 from "./k8s-09-nothing-in-the-default-namespace";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [eso01, eso02, eso03, eso04, eso05, k8s07, k8s08, k8s09].map(
    ({ rule }) => rule,
);
