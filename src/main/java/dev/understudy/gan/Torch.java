package dev.understudy.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/**
 * Starts the tensor engine once in a process: offline, without telemetry, with one thread inside an operator.
 *
 * <p>One thread, because steps of small networks are too short to share, and threads that wait for each other spin on the
 * cores that another role needs. The engine's own system properties override each of these.
 */
final class Torch {

    private static final Engine ENGINE = start();

    private Torch() {}

    /** Native memory of its own on a device; the caller closes it. */
    static NDManager newMemory(Device device) {
        return ENGINE.newBaseManager(device.engines());
    }

    /** GPUs that the engine can use: none unless its libraries are those for CUDA. */
    static int gpus() {
        return ENGINE.getGpuCount();
    }

    private static Engine start() {
        prefer("ai.djl.offline", "true");
        prefer("DJL_OFFLINE", "true");
        prefer("OPT_OUT_TRACKING", "true");
        prefer("ai.djl.pytorch.num_threads", "1");
        prefer("ai.djl.pytorch.num_interop_threads", "1");
        Allocator.keepFreedMemory();
        return engine();
    }

    private static void prefer(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Engines are found through the thread's context loader, which need not be the one that loaded this class. */
    private static Engine engine() {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(Torch.class.getClassLoader());
        try {
            return Engine.getEngine("PyTorch");
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
