namespace Dfx.Metrics.Extractors.Inception;

/// <summary>
/// <c>inception</c>: the network of published FIDs with the published weights; <c>inception-v3-compat</c>: the same network with other weights.
/// Images of any size, grey ones repeated to three channels.
/// </summary>
internal sealed class InceptionExtractor : IClassifier
{
    /// <summary>Its name with the published weights.</summary>
    public const string Id = "inception";

    /// <summary>Its name with other weights.</summary>
    public const string CompatibleId = "inception-v3-compat";

    /// <summary>The layer of FID, KID and IS: the mean of the last stage (pool3).</summary>
    public const int StandardLayer = 2048;

    // At 299x299 the widest stage takes 5.5 MB an image.
    private const int Batch = 16;

    private readonly InceptionNet _network;
    private readonly torch.Device _device;
    private readonly int _layer;

    /// <param name="weights">The tensors; not kept.</param>
    /// <param name="layer">64, 192, 768 or 2048; features of other layers than the last have another id.</param>
    /// <param name="device">Where it runs.</param>
    public InceptionExtractor(InceptionWeights weights, int layer, torch.Device device)
    {
        (_network, _device, _layer) = (new(weights.Tensors, device), device, layer);
        var id = weights.IsStandard ? Id : CompatibleId;
        Card = new(
            layer == StandardLayer ? id : $"{id}-{layer}", weights.Sha256, $"mean of {InceptionPlan.Layers[layer]}", layer,
            $"TensorFlow 1 bilinear to {InceptionPlan.Side}x{InceptionPlan.Side}, corners not aligned")
        {
            IsStandard = weights.IsStandard && layer == StandardLayer,
        };
    }

    public ExtractorCard Card { get; }

    /// <summary>Reads weights and makes the extractor.</summary>
    /// <exception cref="Numerics.Files.TensorFileException">The file is damaged, or holds another network.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static InceptionExtractor Open(string path, int layer, torch.Device device)
    {
        using var weights = InceptionWeights.Load(path);
        return new(weights, layer, device);
    }

    public torch.Tensor Features(torch.Tensor images) => InBatches(images, Part);

    public (torch.Tensor Features, torch.Tensor Logits) Classify(torch.Tensor images)
    {
        if (_layer != StandardLayer)
        {
            throw new InvalidOperationException($"the classes follow from layer {StandardLayer}, not from {_layer}");
        }

        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new ExactArithmetic();
        var features = Features(images);
        return (features.MoveToOuterDisposeScope(), _network.Logits(features.to(_device)).cpu().MoveToOuterDisposeScope());
    }

    public void Dispose() => _network.Dispose();

    private static torch.Tensor InBatches(torch.Tensor images, Func<torch.Tensor, torch.Tensor> part)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new ExactArithmetic();
        return torch.cat(images.split(Batch).Select(part).ToArray()).MoveToOuterDisposeScope();
    }

    private torch.Tensor Part(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var input = InceptionNet.Input(ImageLayout.Colour(images).to(torch.float32, _device));
        return _network.Features(input, _layer).cpu().MoveToOuterDisposeScope();
    }
}
