// Reads the code on a business card with the camera, where the browser can.

import { read } from "./stand-card.js";

const EVERY = 150;

export const canScan = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function found(video, dialog) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (dialog.open) {
    const [code] = await detector.detect(video);
    if (code) return read(code.rawValue);
    await after(EVERY);
  }
  return null;
}

// What the card says; null where nobody held one before the camera, or it may not be used.
export async function scan(dialog) {
  const video = dialog.querySelector("video");
  dialog.querySelector("[data-no-camera]").hidden = true;
  dialog.showModal();
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    await video.play();
    const said = await found(video, dialog);
    dialog.close();
    return said;
  } catch {
    dialog.querySelector("[data-no-camera]").hidden = false;
    return null;
  } finally {
    stream?.getTracks().forEach((track) => track.stop());
  }
}
