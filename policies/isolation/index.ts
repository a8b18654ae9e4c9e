import * as iso01 from "./iso-01-tags-name-environment-owner-and-class";
import * as iso02 from "./iso-02-names-carry-the-environment";
import * as iso03 from "./iso-03-remote-keys-stay-in-the-environment";
import * as iso05 from "./iso-05-secret-stores-point-at-this-environment";
import * as iso06 from "./iso-06-grants-stay-in-the-environment";
import * as iso07 from "./iso-07-principals-serve-one-environment";
import * as iso08 from "./iso-08-subjects-live-in-the-bindings-namespace";
import * as iso09 from "./iso-09-keys-serve-one-environment";
import * as iso10 from "./iso-10-providers-are-pinned";
import * as iso11 from "./iso-11-stacks-refer-to-their-environment";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [
    iso01,
    iso02,
    iso03,
    iso05,
    iso06,
    iso07,
    iso08,
    iso09,
    iso10,
    iso11,
].map(({ rule }) => rule);
