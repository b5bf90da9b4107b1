namespace Dfx.Metrics.Extractors;

/// <summary><c>fmnist-cnn</c>: the hidden layer of <see cref="FmnistCnn"/> with the committed weights.</summary>
internal sealed class FmnistExtractor : IClassifier
{
    /// <summary>Its name.</summary>
    public const string Id = "fmnist-cnn";

    private readonly FmnistCnn _network = new();
    private readonly torch.Device _device;

    public FmnistExtractor(torch.Device device)
    {
        _device = device;
        var bytes = WeightsFile.Bytes($"{Id}.safetensors");
        Card = new(Id, WeightsFile.Hash(bytes), "hidden", FmnistCnn.Dimension, "none");
        WeightsFile.Load(bytes, _network);
        _network.eval();
        _network.to(device);
    }

    public ExtractorCard Card { get; }

    public torch.Tensor Features(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new ExactArithmetic();
        return _network.Features(Input(images)).cpu().MoveToOuterDisposeScope();
    }

    public (torch.Tensor Features, torch.Tensor Logits) Classify(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new ExactArithmetic();
        var features = _network.Features(Input(images));
        return (features.cpu().MoveToOuterDisposeScope(), _network.Logits(features).cpu().MoveToOuterDisposeScope());
    }

    public void Dispose() => _network.Dispose();

    private torch.Tensor Input(torch.Tensor images) => (images.to(torch.float32, _device) / 127.5) - 1;
}
