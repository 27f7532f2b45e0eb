import { tuningCase } from "../case";
import type { KnowledgeSource } from "../../types";
import type { TuningCase } from "../types";

/** Public notes of openEuler's 2025 meetings, read and told in our words. */
function notes(part: number): KnowledgeSource {
  return { title: "openEuler 2025 meeting notes", file: "openeuler-2025-notes/show.html", line: 1, url: `https://lxchx.github.io/openeuler-2025-notes/show.html?session=ai_session&part=${String(part)}`, licence: "unknown" };
}

/** What somebody measured. Figures are theirs and hold for their machines. */
export const measuredCases: readonly TuningCase[] = [
  tuningCase("measurement", "juicefs-unet3d", {
    en: "AI training data loading of large files from JuiceFS, MLPerf Storage UNet3D", zh: "从 JuiceFS 读取大文件的 AI 训练数据加载，MLPerf Storage UNet3D",
    source: notes(3),
    effect: "98 % accelerator utilisation with 5 accelerators at 14.8 GB/s, after reader threads went from 4 to 16 with direct I/O; 83 % with 6",
  }, `
    mlperf-storage/reader.read_threads = 16
    mlperf-storage/reader.odirect = True
  `),
  tuningCase("measurement", "juicefs-resnet50", {
    en: "AI training data loading of many samples from JuiceFS, MLPerf Storage ResNet50", zh: "从 JuiceFS 读取大量样本的 AI 训练数据加载，MLPerf Storage ResNet50",
    source: notes(3),
    effect: "95 % accelerator utilisation with 50 accelerators at 9.2 GB/s, after reader threads went from 8 to 1; 86 % with 55",
  }, `
    mlperf-storage/reader.read_threads = 1
  `),
];
