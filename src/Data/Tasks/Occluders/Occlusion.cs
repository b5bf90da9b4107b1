using Dfx.Sdk;

namespace Dfx.Data.Tasks.Occluders;

/// <summary>Things pasted over one image: where, and in which colours.</summary>
internal sealed class Occlusion
{
    private readonly DataShape _shape;
    private readonly float[] _colours;

    private Occlusion(DataShape shape)
    {
        (_shape, _colours) = (shape, new float[shape.Elements]);
        Hidden = new(shape.Height, shape.Width);
    }

    /// <summary>Where they are.</summary>
    internal HiddenPixels Hidden { get; }

    /// <summary>How many numbers an image takes at most.</summary>
    internal static int Numbers(int most, int channels) =>
        1 + FaceFrame.Numbers + (most * (1 + OccluderShapes.Numbers + Texture.Numbers(channels)));

    /// <summary>From one to <paramref name="most"/> things; later ones lie over earlier ones.</summary>
    internal static Occlusion Drawn(Draws draws, DataShape shape, int most)
    {
        var occlusion = new Occlusion(shape);
        var face = FaceFrame.Drawn(draws, shape.Height, shape.Width);
        for (var left = draws.From(1, most); left > 0; left--)
        {
            var kind = draws.Below(OccluderShapes.All.Count);
            var shapes = OccluderShapes.All[kind](face, draws);
            var texture = Texture.Drawn(draws, shape.Channels, kind == OccluderShapes.HandIndex);
            foreach (var part in shapes)
            {
                occlusion.Hidden.Hide(part, (row, column) => occlusion.Paint(face, texture, row, column));
            }
        }

        return occlusion;
    }

    /// <summary>Colours [N, C, H, W] of several images, 0 where nothing is pasted: a new float32 CPU tensor.</summary>
    internal static torch.Tensor Colours(IReadOnlyList<Occlusion> occlusions) =>
        torch.tensor(occlusions.SelectMany(o => o._colours).ToArray(), occlusions[0]._shape.Batch(occlusions.Count));

    private void Paint(FaceFrame face, Texture texture, int row, int column)
    {
        var (x, y) = ((column - face.X) / face.Unit, (row - face.Y) / face.Unit);
        for (var channel = 0; channel < _shape.Channels; channel++)
        {
            _colours[(((channel * _shape.Height) + row) * _shape.Width) + column] = texture.At(channel, x, y);
        }
    }
}
