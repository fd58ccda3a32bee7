/** Vulkan drivers that compute on the CPU, by what their files are called. */
const softwareDrivers = [
  { name: "SwiftShader", file: /\/libvk_swiftshader\.so/ },
  { name: "llvmpipe", file: /\/libvulkan_lvp\.so/ },
];

/**
 * The software rasteriser by which a WebGPU session of this process computes, null when there is none or a real device may
 * stand behind it. onnxruntime does not tell the adapter's name, so it is told from the driver files mapped into the
 * process: `mappedFiles` is the text of /proc/self/maps. The loader maps drivers of devices that are not there as well,
 * hence `hasGpu`: whether the system has a device file of any GPU.
 */
export function softwareAdapter({ mappedFiles, hasGpu }: { mappedFiles: string; hasGpu: boolean }): string | null {
  const software = softwareDrivers.find(({ file }) => file.test(mappedFiles));
  if (!software) return null;
  const others = /\/lib(vulkan_(?!lvp)\w+|GLX_nvidia|nvidia-vulkan\w*)\.so/.test(mappedFiles);
  return hasGpu && others ? null : software.name;
}
