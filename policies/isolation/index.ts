import * as iso01 from "./iso-01-tags-name-environment-owner-and-class";
import * as iso02 from "./iso-02-names-carry-the-environment";
import * as iso03 from "./iso-03-remote-keys-stay-in-the-environment";
import * as iso05 from "./iso-05-secret-stores-point-at-this-environment";
import * as iso06 from "./iso-06-grants-stay-in-the-environment";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [iso01, iso02, iso03, iso05, iso06].map(({ rule }) => rule);
