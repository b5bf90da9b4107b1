namespace Dfx.Metrics.Extractors;

/// <summary>
/// A small classifier of Fashion-MNIST: three 3x3 convolutions with 32, 32 and 64 channels, each followed by ReLU and a 2x2 maximum, a
/// hidden layer of 64 units with ReLU, and ten logits. No layer depends on the rest of the batch.
/// </summary>
public sealed class FmnistCnn : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal const int Dimension = 64;
    internal const int Side = 28;
    internal const int Classes = 10;

    private const int Flat = 64 * 3 * 3;

    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> conv1 = torch.nn.Conv2d(1, 32, 3, padding: 1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> conv2 = torch.nn.Conv2d(32, 32, 3, padding: 1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> conv3 = torch.nn.Conv2d(32, 64, 3, padding: 1);
    private readonly Linear hidden = torch.nn.Linear(Flat, Dimension);
    private readonly Linear logits = torch.nn.Linear(Dimension, Classes);

    internal FmnistCnn()
        : base(nameof(FmnistCnn)) => RegisterComponents();

    /// <summary>The logits of the classes.</summary>
    /// <param name="input">Images in [-1, 1], float32 [N, 1, 28, 28].</param>
    /// <returns>A new tensor [N, 10].</returns>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return Logits(Features(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The logits [N, 10] from the features [N, 64].</summary>
    internal torch.Tensor Logits(torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        return RowLinear.Of(torch.nn.functional.relu(features), logits.weight, logits.bias).MoveToOuterDisposeScope();
    }

    /// <summary>The hidden layer before its ReLU, which would silence the units that the classifier has no use for.</summary>
    /// <param name="input">Images in [-1, 1], float32 [N, 1, 28, 28].</param>
    /// <returns>A new tensor [N, 64].</returns>
    internal torch.Tensor Features(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var x = Stage(conv3, Stage(conv2, Stage(conv1, input)));
        return RowLinear.Of(x.flatten(1), hidden.weight, hidden.bias).MoveToOuterDisposeScope();
    }

    /// <summary>Multiplies the hidden units by a positive number and takes it back in the logits: a ReLU lets it through.</summary>
    internal void ScaleHidden(double scale)
    {
        using var outside = torch.no_grad();
        hidden.weight.mul_(scale);
        hidden.bias!.mul_(scale);
        logits.weight.mul_(1 / scale);
    }

    // The ReLU of the maximum is the maximum of the ReLUs, for a quarter of the work.
    private static torch.Tensor Stage(torch.nn.Module<torch.Tensor, torch.Tensor> convolution, torch.Tensor x) =>
        torch.nn.functional.relu(torch.nn.functional.max_pool2d(convolution.call(x), 2));
}
