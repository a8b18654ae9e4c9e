import type { Catalogue } from "../../components/domain/catalogue";
import { devplatform } from "./devplatform";
import { estuary } from "./estuary";
import { gcpplatform } from "./gcpplatform";
import { marketplace } from "./marketplace";
import { yosai } from "./yosai";

/** All platforms, in the order they are declared. A new one is a file here and a line in each environment. */
export const catalogue: Catalogue = [devplatform, marketplace, yosai, gcpplatform, estuary];
