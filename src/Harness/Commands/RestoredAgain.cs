using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Commands;

/// <summary>What <c>plan</c> and <c>run</c> say of matrices that restore images more often than once.</summary>
internal static class RestoredAgain
{
    /// <summary>A note for each dataset that has fewer test images than samples are asked for.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="testImages">How many test images a dataset has.</param>
    internal static IEnumerable<string> Notes(MatrixFile matrix, Func<DatasetEntry, int> testImages) =>
        matrix.Sampling.Samples is not { } samples || matrix.Tasks.All(Applicability.Generates)
            ? []
            : from dataset in matrix.Datasets
              let images = testImages(dataset)
              where images > 0 && images < samples
              select $"dataset '{dataset.Choice.Label}' has {images} test images, fewer than samples: {samples}: tasks that restore begin again at the first, "
                  + $"and their intervals are over {images} images (samples: all restores each once)";
}
