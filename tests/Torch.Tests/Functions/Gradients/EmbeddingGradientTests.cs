using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>The gradient of an embedding adds up at every row that was looked up, except at the padding row.</summary>
public sealed class EmbeddingGradientTests
{
    [TestCase(null)]
    [TestCase(2)]
    public void Rows_gather_the_gradients_of_their_uses(int? padding)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var table = nn.Embedding(4, 3, padding, dtype: float64);
        long[] used = [2, 0, 2, 3, 0, 2];
        var weights = randn(6, 3, float64, generator: random);
        (table.forward(tensor(used)) * weights).sum().backward();

        var gradient = table.weight.grad!.data<double>();
        var sums = weights.data<double>();
        for (var row = 0; row < 4; row++)
        {
            for (var d = 0; d < 3; d++)
            {
                var expected = row == padding ? 0 : Enumerable.Range(0, used.Length).Where(i => used[i] == row).Sum(i => sums[i, d]);
                Assert.That(gradient[row, d], Is.EqualTo(expected).Within(1e-12));
            }
        }
    }
}
