import { hunkLines } from "../../patch/lines";
import type { TextInput } from "../types";

/** Projects whose habits differ from the kernel's where a check would otherwise call a habit a mistake. */
export type Project = "kernel" | "dpdk";

const dpdkWords = /\b(?:rte|RTE)_\w|\bdpdk\b|\btestpmd\b|\bPMDs?\b/u;
const dpdkPaths = /(?:^|\/)(?:meson\.build$|rte_[^/]*$)|^(?:app\/|dts\/|devtools\/|examples\/|doc\/guides\/|usertools\/|lib\/(?:librte_|eal\/|ethdev\/|mbuf\/))/u;
/** In the kernel these stand under `drivers/net/ethernet/<vendor>/`, or nowhere. */
const dpdkDrivers = /^drivers\/(?:net|common|crypto|event|dma|mempool|regex|raw|vdpa|baseband|compress|ml|bus)\/(?:af_packet|af_xdp|ark|atlantic|avp|axgbe|bnx2x|bnxt|cnxk|cpfl|cxgbe|dpaa2?|e1000|ena|enetc|enic|failsafe|fm10k|gve|hinic|hns3|i40e|iavf|ice|idpf|igc|intel|ionic|ipn3ke|ixgbe|mana|memif|mlx[45]|mvneta|mvpp2|netvsc|nfp|ngbe|ntnic|null|octeon\w*|pcap|pfe|qede|qat|r8169|sfc|sfc_efx|softnic|tap|txgbe|vhost|virtio|vmxnet3|zsda)\//u;
/** Hunks read before giving up: the words are everywhere or nowhere. */
const hunksRead = 8;

/** What project a patch is for, from its own words; the kernel unless it speaks like another. */
export function projectOf(input: TextInput): Project {
  const { patch, decode } = input;
  const { body } = patch.message;
  if (patch.message.markers.some((marker) => marker.dialect === "dpdk")) return "dpdk";
  if (patch.files.some((file) => dpdkPaths.test(file.newPath) || dpdkDrivers.test(file.newPath)) || dpdkWords.test(patch.subject)) return "dpdk";
  if (body.some((line) => dpdkWords.test(line.text))) return "dpdk";
  const hunks = patch.files.flatMap((file) => file.hunks).slice(0, hunksRead);
  const speaks = hunks.some((hunk) => dpdkWords.test(hunk.section) || hunkLines(patch, hunk, decode).some((line) => dpdkWords.test(line.text)));
  return speaks ? "dpdk" : "kernel";
}
