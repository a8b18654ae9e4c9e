import type { Review } from "../../review";
import { accessSection } from "./access";
import { blockedSection } from "./blocked";
import { costSection } from "./cost";
import { notesSection } from "./notes";
import { policiesSection } from "./policies";
import { protectedSection, resourcesSection } from "./resources";
import { secretsSection } from "./secrets";
import type { Section } from "./section";
import { toSetSection, workloadsSection } from "./workloads";

export type { Item, Section } from "./section";

/** What a reader has to know, in the order in which it matters; sections without content are left out. */
export const sectionsOf = (review: Review): readonly Section[] => [
    ...blockedSection(review),
    ...secretsSection(review),
    ...accessSection(review),
    ...workloadsSection(review),
    ...toSetSection(review),
    ...policiesSection(review),
    ...protectedSection(review),
    ...costSection(review),
    ...resourcesSection(review),
    ...notesSection(review),
];
