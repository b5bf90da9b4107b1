namespace Dfx.EndToEnd;

/// <summary>Matrix files of the tests.</summary>
internal static class Matrices
{
    /// <summary>A real network on real images, for a few steps.</summary>
    internal const string Tiny =
        """
        name: tiny
        datasets: [fashion-mnist]
        network: { channels: 8, multipliers: [1, 1], dropout: 0.1 }
        training: { steps: 12, batch: 8, flip: true }
        methods: [{ method: dsm, with: { process: edm } }, { method: dsm, with: { process: ve } }]
        samplers: [heun, { sampler: ddim, with: { eta: 1 } }]
        nfe: [3, 5]
        seeds: [0, 1]
        samples: 24
        sampling-batch: 16
        threads: 1
        metrics: [fd, kid]
        """;

    /// <summary>Cells of the sample plugin, which need a second or two.</summary>
    internal const string Small =
        """
        name: small
        datasets: [test-shapes]
        training: { steps: 40, batch: 16, checkpoints: [0.5, 1.0] }
        methods: [test-affine, { method: test-affine, with: { spread: 2 }, name: wide }, test-variance]
        samplers: [test-euler, test-redraw]
        nfe: [4, 9]
        seeds: [0, 1]
        samples: 40
        sampling-batch: 16
        threads: 1
        limits: { time: 60s, memory: 3GiB }
        metrics: [test-mean]
        """;
}
