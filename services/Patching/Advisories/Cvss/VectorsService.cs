using Governance.BuildingBlocks.Errors;
using Governance.Patching.V1;
using Grpc.Core;
using Rating = Governance.Patching.V1.ScoreVectorResponse.Types.Severity;

namespace Governance.Patching.Advisories.Cvss;

/// <summary>Scores CVSS vectors.</summary>
internal sealed class VectorsService : V1.Vectors.VectorsBase
{
    public override Task<ScoreVectorResponse> ScoreVector(ScoreVectorRequest request, ServerCallContext context)
    {
        new FieldFaults().Required(request.Vector, "vector").ThrowIfAny();
        var vector = CvssVector.Read(request.Vector, out var fault)
            ?? throw FieldFaults.Single("vector", fault!.Description, fault.Reason);
        var scores = CvssScores.Of(vector);
        var response = new ScoreVectorResponse
        {
            Version = vector.Version.Number(),
            BaseScore = (double)scores.Base,
            Severity = RatingOf(scores.Base),
            Nomenclature = scores.Nomenclature ?? "",
        };
        if (scores.Temporal is { } temporal) response.TemporalScore = (double)temporal;
        if (scores.Environmental is { } environmental) response.EnvironmentalScore = (double)environmental;
        foreach (var (name, value) in vector.Metrics) response.Metrics.Add(name, value);
        return Task.FromResult(response);
    }

    private static Rating RatingOf(decimal score) => SeverityAssessment.BandOf(score) switch
    {
        SeverityBand.None => Rating.None,
        SeverityBand.Low => Rating.Low,
        SeverityBand.Medium => Rating.Medium,
        SeverityBand.High => Rating.High,
        SeverityBand.Critical => Rating.Critical,
        var other => throw new InvalidOperationException($"No score is {other}."),
    };
}
