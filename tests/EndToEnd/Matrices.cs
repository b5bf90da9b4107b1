namespace Dfx.EndToEnd;

/// <summary>Matrix files of the tests.</summary>
internal static class Matrices
{
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
