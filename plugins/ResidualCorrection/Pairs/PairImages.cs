using Dfx.Numerics.Noise;

namespace Dfx.ResidualCorrection.Pairs;

/// <summary>The clean images of pairs: training images, mirrored by chance if the source's were, turned and cropped.</summary>
internal sealed class PairImages
{
    // Columns of the uniform numbers of a pair; those of geometry stand at the end.
    internal const int Start = 0;
    internal const int Stop = 1;
    internal const int Steps = 2;
    internal const int Numbers = 4 + Geometry.Numbers;
    private const int Flip = 3;

    private readonly ModelContext _model;
    private readonly bool _flip;
    private readonly Geometry _geometry;

    /// <param name="model">Data, task and device.</param>
    /// <param name="flip">Whether images are mirrored.</param>
    /// <param name="geometry">How they are turned and cropped.</param>
    /// <exception cref="NotApplicableException">The task hides a part of the images.</exception>
    internal PairImages(ModelContext model, bool flip, Geometry geometry)
    {
        (_model, _flip, _geometry) = (model, flip, geometry);
        CheckTask(model);
    }

    /// <summary>Whether a task shows whole images.</summary>
    /// <exception cref="NotApplicableException">It hides a part of them.</exception>
    internal static void CheckTask(ModelContext model)
    {
        if (model.Task.ConditionChannels(model.Data.Shape) > 0)
        {
            throw new NotApplicableException("a correction sees states alone, and this task tells networks more of an image: take a task of generation");
        }
    }

    /// <summary>Numbers that tell by themselves whether an image is mirrored: of images that are not, the number never says so.</summary>
    internal torch.Tensor Numbered(torch.Tensor uniform)
    {
        if (!_flip)
        {
            uniform.select(1, Flip).fill_(1);
        }

        return uniform;
    }

    /// <summary>x0 of rows.</summary>
    /// <param name="images">Which training images.</param>
    /// <param name="uniform">Their numbers.</param>
    /// <returns>A new tensor [N, C, H, W], float32, on the run's device.</returns>
    internal torch.Tensor Clean(int[] images, torch.Tensor uniform)
    {
        using var scope = torch.NewDisposeScope();
        var clean = _model.Data.Read(Split.Train, images).to(_model.Device);
        clean = _flip ? torch.where(uniform.select(1, Flip).lt(0.5).view(-1, 1, 1, 1), clean.flip(3), clean) : clean;
        return scope.MoveToOuter(_geometry.Apply(clean, uniform.narrow(1, Numbers - Geometry.Numbers, Geometry.Numbers)));
    }

    /// <summary>What the source is told of rows: their classes, or nothing.</summary>
    /// <param name="images">Which training images.</param>
    /// <param name="clean">x0.</param>
    /// <param name="first">The number of the first row among all that are drawn.</param>
    internal Condition? Observed(int[] images, torch.Tensor clean, long first) => !_model.Task.UsesLabels
        ? null
        : _model.Task.Observe(new()
        {
            Clean = clean,
            Labels = _model.Data.Labels(Split.Train, images).to(_model.Device),
            Noise = new SampleNoise(NoiseKey.For(_model.Seed, _model.Scope + "condition"), first, images.Length, _model.Data.Shape, _model.Device),
        });
}
